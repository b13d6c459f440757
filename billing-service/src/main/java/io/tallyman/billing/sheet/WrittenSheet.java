package io.tallyman.billing.sheet;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished sheet as its worker reports it.
 *
 * @param fileName its file name for downloads
 * @param totals one for each currency, ordered by code
 * @param sha256 the digest of the whole file, in hex
 * @param snapshotAt the moment in the database that the sheet shows
 * @param content the bytes of a small sheet, in Base64; null if the sheet is a file in the store
 */
@Serdeable
public record WrittenSheet(
    @NotBlank String fileName,
    List<Column> columns,
    @PositiveOrZero long rows,
    List<Total> totals,
    @PositiveOrZero long bytes,
    @Pattern(regexp = "[0-9a-f]{64}") String sha256,
    Instant snapshotAt,
    @Nullable @Size(max = WrittenSheet.MOST_INLINE * 4 / 3 + 3) String content) {

  /** The largest sheet, in bytes, that is kept in the database. A file has at least so many. */
  public static final int MOST_INLINE = 4096;
}
