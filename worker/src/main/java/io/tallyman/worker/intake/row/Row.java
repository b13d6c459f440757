package io.tallyman.worker.intake.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a data row. */
public sealed interface Row {
  /** Where it begins in the file; the header is line 1. */
  long line();

  /** The cells as they stand in the file. */
  List<String> cells();

  /**
   * A billing.
   *
   * @param staged its cells as billing-service takes them: the line, then the {@link Field}s
   */
  record Good(long line, List<String> cells, List<@Nullable String> staged) implements Row {}

  /**
   * A row that is not imported.
   *
   * @param column what the file calls the cell at fault; null if the row as a whole is
   * @param code stable, for programs
   * @param message what is wrong, for people
   */
  record Refused(
      long line, @Nullable String column, String code, String message, List<String> cells)
      implements Row {}
}
