package io.tallyman.billing.snapshot;

import io.micronaut.http.HttpResponse;
import java.io.InputStream;
import java.time.Instant;

/**
 * Rows of one moment of the database.
 *
 * @param csv without a header; to be closed by its reader; fails rather than ending early
 * @param at the moment
 */
public record Snapshot(InputStream csv, long count, Instant at) {
  private static final String ROW_COUNT = "X-Row-Count";
  private static final String SNAPSHOT_AT = "X-Snapshot-At";

  /**
   * The rows as a worker is sent them: a header tells how many there are, so that one that gets
   * fewer knows that it was cut off, and another of which moment they are.
   */
  public HttpResponse<InputStream> answer() {
    return HttpResponse.ok(csv)
        .header(ROW_COUNT, Long.toString(count))
        .header(SNAPSHOT_AT, at.toString());
  }
}
