package io.tallyman.billing.attempt;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Holds back the watchdog after a start, an outage of the database, or a pause of the process: then
 * workers could not renew their leases. No lease counts as lost before workers could renew it for
 * the length of a whole lease.
 */
final class LeaseGrace {
  private final long gap;
  private final long wanted;
  private final LongSupplier nanoTime;
  private long since;
  private long last;

  /**
   * @param gap after how long without an answer of the database the grace period begins again
   * @param wanted how long the grace period lasts
   * @param nanoTime as {@link System#nanoTime()}
   */
  LeaseGrace(Duration gap, Duration wanted, LongSupplier nanoTime) {
    this.gap = gap.toNanos();
    this.wanted = wanted.toNanos();
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
    this.last = since;
  }

  /** Notes that the database answered just now. Returns whether the grace period is over. */
  boolean keep() {
    long now = nanoTime.getAsLong();
    if (now - last > gap) {
      since = now;
    }
    last = now;
    return now - since >= wanted;
  }
}
