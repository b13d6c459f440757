package io.tallyman.worker.sheet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * The format of a sheet. Every format can be read back without loss; see {@link TextCell}.
 *
 * @param profile the kind of reader; null means {@link Profile#RAW}
 * @param delimiter the character between cells; null means a comma, or a semicolon if the decimal
 *     mark is a comma
 * @param decimal the decimal mark of amounts; null means a dot
 */
@Serdeable
public record SheetFormat(
    @Nullable Profile profile, @Nullable String delimiter, @Nullable String decimal) {
  public static final SheetFormat RAW = new SheetFormat(null, null, null);

  @Serdeable
  public enum Profile {
    /** For programs: text is not escaped. */
    @JsonProperty("raw")
    RAW,
    /** For spreadsheets: with a byte order mark, and text that looks like a formula is escaped. */
    @JsonProperty("excel")
    EXCEL
  }

  /** The format, or {@link #RAW} if a task has none. */
  public static SheetFormat orRaw(@Nullable SheetFormat format) {
    return format == null ? RAW : format;
  }

  boolean isForSpreadsheets() {
    return profile == Profile.EXCEL;
  }

  char separator() {
    if (delimiter == null) {
      return hasDecimalComma() ? ';' : ',';
    }
    return delimiter.charAt(0);
  }

  boolean hasDecimalComma() {
    return ",".equals(decimal);
  }
}
