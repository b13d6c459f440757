package io.tallyman.worker.sheet;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/**
 * A finished sheet, as billing-service keeps it in the manifest.
 *
 * @param fileName what it is called when it is downloaded
 * @param rows without the header
 * @param totals one for each currency, ordered by its code
 * @param sha256 of the whole file, in hex
 * @param snapshotAt the moment whose state it shows
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
