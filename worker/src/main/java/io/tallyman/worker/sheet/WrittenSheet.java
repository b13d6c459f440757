package io.tallyman.worker.sheet;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished sheet; billing-service stores this as its manifest.
 *
 * @param fileName its file name for downloads
 * @param rows the number of rows without the header
 * @param totals one for each currency, ordered by code
 * @param sha256 the digest of the whole file, in hex
 * @param snapshotAt the moment in the database that the sheet shows
 * @param content the bytes of a small sheet, in Base64; null if the sheet is a file in the store
 */
@Serdeable
public record WrittenSheet(
    String fileName,
    List<Column> columns,
    long rows,
    List<Total> totals,
    long bytes,
    String sha256,
    Instant snapshotAt,
    @Nullable String content) {}
