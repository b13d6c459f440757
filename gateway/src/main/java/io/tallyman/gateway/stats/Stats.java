package io.tallyman.gateway.stats;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tasks that were submitted in an interval.
 *
 * @param from inclusive
 * @param to exclusive
 * @param types one for each type of which any was submitted then, or has not ended now
 */
@Serdeable
record Stats(Instant from, Instant to, List<TypeStats> types) {
  /**
   * @param submittedPerMinute over as much of the interval as has passed
   * @param waiting how many wait at this moment, whenever they were submitted
   * @param running how many run at this moment, whenever they were submitted
   * @param waitingMs from due to the first attempt, of those that have ended; null if there are
   *     none
   * @param runningMs of the last attempts of those that succeeded or failed; null if there are none
   * @param failures the most frequent first
   */
  @Serdeable
  record TypeStats(
      String task,
      long submitted,
      double submittedPerMinute,
      long succeeded,
      long failed,
      long revoked,
      long waiting,
      long running,
      @Nullable Times waitingMs,
      @Nullable Times runningMs,
      List<Failures> failures) {}

  @Serdeable
  record Times(long p50, long p95, long max) {}

  /**
   * @param reason the last part of an error's type
   */
  @Serdeable
  record Failures(String reason, long count) {}
}
