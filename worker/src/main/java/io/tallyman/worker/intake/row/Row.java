package io.tallyman.worker.intake.row;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A data row: good, refused or empty, or a footer. */
public sealed interface Row {
  /** The line where the row begins; the header is line 1. */
  long line();

  /** The original cells of the file. */
  List<String> cells();

  /**
   * A row that can become a billing.
   *
   * @param staged the cells for billing-service: the line, then the {@link Field}s in their order
   */
  record Good(long line, List<String> cells, List<@Nullable String> staged) implements Row {
    private static final int PAYABLE = 5;
    private static final int CURRENCY = 6;

    /** The amount, with its currency if the row or the import gives one. */
    public Money money() {
      return new Money(
          staged.get(CURRENCY), new BigDecimal(Objects.requireNonNull(staged.get(PAYABLE))));
    }
  }

  /** A row below the data, such as a total. It is counted and listed, and no fault. */
  record Footer(long line, List<String> cells) implements Row {}

  /** A row without any content. It is counted, and no fault. */
  record Empty(long line, List<String> cells) implements Row {}

  /**
   * A row that is not imported.
   *
   * @param column the file's name of the faulty column; null if the whole row is faulty
   * @param code a stable code for programs
   * @param message what is wrong, for people
   */
  record Refused(
      long line, @Nullable String column, String code, String message, List<String> cells)
      implements Row {}
}
