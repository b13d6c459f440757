package io.tallyman.billing.attempt;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long this service has been awake without a gap. After a start, an outage of the database or a
 * pause of the process, workers could not renew their leases; so nothing is taken from them before
 * they could for a whole lease.
 */
final class Vigil {
  private final long gap;
  private final long wanted;
  private final LongSupplier nanoTime;
  private long since;
  private long last;

  /**
   * @param gap how long a silence ends a vigil
   * @param wanted how long a vigil must last before anything may be taken from anybody
   * @param nanoTime as {@link System#nanoTime()}
   */
  Vigil(Duration gap, Duration wanted, LongSupplier nanoTime) {
    this.gap = gap.toNanos();
    this.wanted = wanted.toNanos();
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
    this.last = since;
  }

  /** Notes that the database answered just now. */
  boolean keep() {
    long now = nanoTime.getAsLong();
    if (now - last > gap) {
      since = now;
    }
    last = now;
    return now - since >= wanted;
  }
}
