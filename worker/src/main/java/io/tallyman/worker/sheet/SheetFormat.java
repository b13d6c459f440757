package io.tallyman.worker.sheet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * How a sheet is written. Any of them reads back without loss, see {@link TextCell}.
 *
 * @param profile for whom; null is {@link Profile#RAW}
 * @param delimiter what stands between cells: one character; null is a comma
 */
@Serdeable
public record SheetFormat(@Nullable Profile profile, @Nullable String delimiter) {
  public static final SheetFormat RAW = new SheetFormat(null, null);

  @Serdeable
  public enum Profile {
    /** For programs: text as it is. */
    @JsonProperty("raw")
    RAW,
    /** For spreadsheets: a byte order mark, and no text that they would run as a formula. */
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
