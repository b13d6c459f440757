package io.tallyman.worker.intake.csv;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.sheet.SheetFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file. Null means the format of our own files.
 *
 * @param columns our column names to the file's names
 * @param currency the currency of rows that give none; null means that of their vendors
 * @param delimiter the character between cells, or {@code tab}
 * @param charset the name of a charset that the JVM knows
 * @param dateFormat one or more patterns; see {@link DateFormat}
 * @param decimal the decimal mark of amounts: a dot or a comma
 * @param headerLine the line of the header, from 1; the lines above it are not read
 * @param date the date of rows that give none
 * @param pivot two-digit years from this one on are 19yy, the others 20yy
 * @param thousands the thousands separator: a comma, a dot, an apostrophe or {@code space}
 * @param currencySigns the signs and codes that may be beside amounts, each with its currency; an
 *     empty currency means that of the row
 * @param negative further ways to write negative amounts; see {@link AmountFormat}
 * @param options {@code detect} if options that are null are found in the file
 * @param corrects the import whose sheet of refused rows the file is; null if it is another file
 * @param format that of the sheet of refused rows; null means {@link SheetFormat#RAW}
 */
@Serdeable
public record ImportParameters(
    @Nullable Map<String, String> columns,
    @Nullable String currency,
    @Nullable String delimiter,
    @Nullable String charset,
    @Nullable String dateFormat,
    @Nullable String decimal,
    @Nullable Integer headerLine,
    @Nullable String date,
    @Nullable Integer pivot,
    @Nullable String thousands,
    @Nullable Map<String, String> currencySigns,
    @Nullable Set<String> negative,
    @Nullable String options,
    @Nullable UUID corrects,
    @Nullable SheetFormat format) {

  /** The format of our own files. */
  public static final ImportParameters OURS =
      new ImportParameters(null, null, null, null, null, null);

  /** Whether the options that are null are found in the file. */
  public boolean areDetected() {
    return "detect".equals(options);
  }

  /** Without the options for the files of others. */
  public ImportParameters(
      @Nullable Map<String, String> columns,
      @Nullable String currency,
      @Nullable String delimiter,
      @Nullable String charset,
      @Nullable String dateFormat,
      @Nullable String decimal) {
    this(
        columns,
        currency,
        delimiter,
        charset,
        dateFormat,
        decimal,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
