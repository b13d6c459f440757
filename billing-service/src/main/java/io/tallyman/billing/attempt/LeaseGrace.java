package io.tallyman.billing.attempt;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how long the database has been reachable without a gap. After a start, a database outage
 * or a pause of the process, workers could not renew their leases. So no lease counts as expired
 * until heartbeats were possible for one whole lease.
 */
final class LeaseGrace {
  private final long gap;
  private final long wanted;
  private final LongSupplier nanoTime;
  private long since;
  private long last;

  /**
   * @param gap a silence longer than this starts the measurement again
   * @param wanted how long the database must have been reachable before leases may expire
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  LeaseGrace(Duration gap, Duration wanted, LongSupplier nanoTime) {
    this.gap = gap.toNanos();
    this.wanted = wanted.toNanos();
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
    this.last = since;
  }

  /** Notes that the database answered just now. Returns whether leases may expire. */
  boolean keep() {
    long now = nanoTime.getAsLong();
    if (now - last > gap) {
      since = now;
    }
    last = now;
    return now - since >= wanted;
  }
}
