package io.tallyman.worker.sheet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * The format of a sheet. Every format can be read back without loss; see {@link TextCell}.
 *
 * @param profile the kind of reader; null means {@link Profile#RAW}
 * @param delimiter the character between cells; null means a comma
 */
@Serdeable
public record SheetFormat(@Nullable Profile profile, @Nullable String delimiter) {
  public static final SheetFormat RAW = new SheetFormat(null, null);

  @Serdeable
  public enum Profile {
    /** For programs: text is not escaped. */
    @JsonProperty("raw")
    RAW,
    /** For spreadsheets: with a byte order mark, and text that looks like a formula is escaped. */
    @JsonProperty("excel")
    EXCEL
  }

  boolean isForSpreadsheets() {
    return profile == Profile.EXCEL;
  }

  char separator() {
    return delimiter == null ? ',' : delimiter.charAt(0);
  }
}
