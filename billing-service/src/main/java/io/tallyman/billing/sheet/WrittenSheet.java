package io.tallyman.billing.sheet;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.List;

/**
 * A sheet as the worker that wrote it describes it.
 *
 * @param fileName what it is called when it is downloaded
 * @param totals one for each currency, ordered by its code
 * @param sha256 of the whole file, in hex
 * @param snapshotAt the moment of the database that it shows
 */
@Serdeable
public record WrittenSheet(
    @NotBlank String fileName,
    List<Column> columns,
    @PositiveOrZero long rows,
    List<Total> totals,
    @PositiveOrZero long bytes,
    @Pattern(regexp = "[0-9a-f]{64}") String sha256,
    Instant snapshotAt) {}
