package io.tallyman.user.login;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.tallyman.kit.security.LatestUsed;
import java.time.Duration;
import java.util.Map;

/**
 * Limits failures for each key. Only the keys that were used last are remembered; a key that is
 * forgotten begins anew.
 */
final class FailureLimit {
  static final int MOST_KEYS = 10_000;

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final int failures;
  private final TimeMeter clock;
  private final Map<String, Bucket> buckets = new LatestUsed<>(MOST_KEYS);

  /**
   * @param failures the failures of one key that are allowed at once, and for each minute
   */
  FailureLimit(int failures, TimeMeter clock) {
    this.failures = failures;
    this.clock = clock;
  }

  /**
   * Counts an attempt as a failure, if one is left.
   *
   * @return zero, or how long the key has to wait
   */
  Duration take(String key) {
    ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
  }

  /** The attempt was no failure. */
  void giveBack(String key) {
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
                  .addLimit(limit -> limit.capacity(failures).refillGreedy(failures, PERIOD))
                  .build());
    }
  }
}
