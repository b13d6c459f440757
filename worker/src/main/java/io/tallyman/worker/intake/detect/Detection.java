package io.tallyman.worker.intake.detect;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a file.
 *
 * @param format {@code csv} or {@code gzip}
 * @param complete whether the whole file was read
 * @param rows the number of rows below the header that were read
 * @param headerLine the line of the header
 * @param columns the columns of the file, in their order
 * @param footers the last rows, without a date or a vendor
 * @param options the options to read the file, by the names of the query
 * @param query the same as a query of an import; it does exactly this if there are no questions
 * @param samples cells of the first rows and their meaning
 * @param questions what cannot be decided from the file alone
 */
@Serdeable
public record Detection(
    String format,
    boolean complete,
    long rows,
    int headerLine,
    List<Column> columns,
    List<Footer> footers,
    Map<String, String> options,
    String query,
    List<Sample> samples,
    List<Question> questions) {

  /**
   * @param name the name in the header
   * @param field our name; null if the column is not read
   * @param certainty {@code high}, {@code medium} or {@code low}; null if the column is not read
   */
  @Serdeable
  public record Column(
      int place, String name, @Nullable String field, @Nullable String certainty) {}

  /** A row below the data, and its cells that are not empty. */
  @Serdeable
  public record Footer(long line, List<String> cells) {}
}
