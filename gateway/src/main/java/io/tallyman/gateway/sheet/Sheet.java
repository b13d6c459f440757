package io.tallyman.gateway.sheet;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A sheet's manifest.
 *
 * @param totals one total for each currency
 * @param sha256 the SHA-256 of the sheet's bytes, in hex
 * @param snapshotAt the time of the database snapshot that the sheet shows
 */
@Serdeable
record Sheet(
    UUID sheetId,
    UUID taskId,
    String fileName,
    List<Column> columns,
    long rows,
    List<Total> totals,
    long bytes,
    String sha256,
    Instant snapshotAt,
    Instant expiresAt) {

  @Serdeable
  record Column(String name, String type) {}

  @Serdeable
  record Total(String currency, BigDecimal payable) {}
}
