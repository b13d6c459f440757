package io.tallyman.kit.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.tallyman.kit.security.LatestUsed;
import java.time.Duration;
import java.util.Map;

/**
 * Limits how often something happens for each key. Only the keys that were used last are
 * remembered; a key that is forgotten begins anew. Never waits. Thread-safe.
 */
public final class RateLimit {
  /** The number of keys that are remembered. */
  public static final int MOST_KEYS = 10_000;

  private final long most;
  private final Duration period;
  private final TimeMeter clock;
  private final Map<String, Bucket> buckets = new LatestUsed<>(MOST_KEYS);

  /**
   * @param most how often it may happen at once, and for each period
   */
  public RateLimit(long most, Duration period, TimeMeter clock) {
    this.most = most;
    this.period = period;
    this.clock = clock;
  }

  /** Counts it, if the limit is not reached. Tells how often it may still happen, and when. */
  public ConsumptionProbe take(String key) {
    return bucket(key).tryConsumeAndReturnRemaining(1);
  }

  /** It does not count after all. */
  public void giveBack(String key) {
    bucket(key).addTokens(1);
  }

  int keys() {
    synchronized (buckets) {
      return buckets.size();
    }
  }

  private Bucket bucket(String key) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          key,
          _ ->
              Bucket.builder()
                  .withCustomTimePrecision(clock)
                  .addLimit(limit -> limit.capacity(most).refillGreedy(most, period))
                  .build());
    }
  }
}
