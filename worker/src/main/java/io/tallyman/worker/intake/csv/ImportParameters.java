package io.tallyman.worker.intake.csv;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file. Null means the format of our own files.
 *
 * @param columns our column names to the file's names
 * @param currency the currency of rows that give none; null means that of their vendors
 * @param delimiter the character between cells, or {@code tab}
 * @param charset the name of a charset that the JVM knows
 * @param dateFormat a pattern; see {@link DateFormat}
 * @param decimal the decimal mark of amounts: a dot or a comma
 * @param corrects the import whose sheet of refused rows the file is; null if it is another file
 */
@Serdeable
public record ImportParameters(
    @Nullable Map<String, String> columns,
    @Nullable String currency,
    @Nullable String delimiter,
    @Nullable String charset,
    @Nullable String dateFormat,
    @Nullable String decimal,
    @Nullable UUID corrects) {

  /** For a file that is not the sheet of refused rows of another import. */
  public ImportParameters(
      @Nullable Map<String, String> columns,
      @Nullable String currency,
      @Nullable String delimiter,
      @Nullable String charset,
      @Nullable String dateFormat,
      @Nullable String decimal) {
    this(columns, currency, delimiter, charset, dateFormat, decimal, null);
  }
}
