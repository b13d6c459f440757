package io.tallyman.gateway.stats;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the tasks that were submitted in an interval.
 *
 * @param from inclusive
 * @param to exclusive
 * @param types one for each task type with a task that was submitted in the interval, or that has
 *     not ended now
 */
@Serdeable
record Stats(Instant from, Instant to, List<TypeStats> types) {
  /**
   * @param submittedPerMinute the average over the part of the interval that has passed
   * @param waiting how many tasks are waiting now, whenever they were submitted
   * @param running how many tasks are running now, whenever they were submitted
   * @param waitingMs the time from due to the first attempt, for tasks that have ended; null if
   *     there are none
   * @param runningMs the duration of the last attempt, for tasks that succeeded or failed; null if
   *     there are none
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
