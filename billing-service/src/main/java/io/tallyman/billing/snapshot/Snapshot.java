package io.tallyman.billing.snapshot;

import io.micronaut.http.HttpResponse;
import java.io.InputStream;
import java.time.Instant;

/**
 * Rows as they are at one moment in the database.
 *
 * @param csv the rows as CSV without a header; the reader closes it; it fails rather than ends
 *     early
 * @param count the number of rows
 * @param at that moment
 */
public record Snapshot(InputStream csv, long count, Instant at) {
  private static final String ROW_COUNT = "X-Row-Count";
  private static final String SNAPSHOT_AT = "X-Snapshot-At";

  /**
   * The answer for a worker. The header {@code X-Row-Count} gives the number of rows, so that the
   * worker notices a truncated stream; {@code X-Snapshot-At} gives the moment as an ISO 8601
   * instant.
   */
  public HttpResponse<InputStream> answer() {
    return HttpResponse.ok(csv)
        .header(ROW_COUNT, Long.toString(count))
        .header(SNAPSHOT_AT, at.toString());
  }
}
