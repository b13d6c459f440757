package io.tallyman.worker.sheet;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/**
 * A finished sheet; billing-service stores this as its manifest.
 *
 * @param fileName its file name for downloads
 * @param rows the number of rows without the header
 * @param totals one for each currency, ordered by code
 * @param sha256 the digest of the whole file, in hex
 * @param snapshotAt the moment in the database that the sheet shows
 */
@Serdeable
public record WrittenSheet(
    String fileName,
    List<Column> columns,
    long rows,
    List<Total> totals,
    long bytes,
    String sha256,
    Instant snapshotAt) {}
