package io.tallyman.billing.state;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before the next attempt: exponential with full jitter, capped, after Marc Brooker,
 * "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).
 */
@Singleton
final class Backoff {
  private static final int DOUBLINGS = 30;

  private final TaskConfiguration configuration;
  private final RandomGenerator random = RandomGenerator.getDefault();

  Backoff(TaskConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * @param attempt the number of the next attempt, at least 2
   * @return a random pause; at most {@code backoff} before attempt 2, twice that before attempt 3,
   *     and so on, but never more than {@code max-backoff}
   */
  Duration before(int attempt) {
    long doubled = configuration.backoff().toMillis() << Math.min(attempt - 2, DOUBLINGS);
    long bound = Math.min(doubled, configuration.maxBackoff().toMillis());
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
