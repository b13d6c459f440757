package io.tallyman.billing.stats;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jspecify.annotations.Nullable;

/**
 * The fate of the tasks that were submitted in an interval.
 *
 * @param from inclusive
 * @param to exclusive
 * @param types one for each task type with tasks that were submitted in the interval or that are
 *     unfinished now; ordered by name
 */
@Serdeable
record Stats(Instant from, Instant to, List<TypeStats> types) {
  /**
   * @param task the type's name
   * @param submittedPerMinute {@code submitted} divided by the minutes of the interval that have
   *     passed
   * @param succeeded how many of the submitted tasks succeeded
   * @param failed how many of the submitted tasks failed
   * @param revoked how many of the submitted tasks were cancelled
   * @param waiting how many tasks wait now, whenever they were submitted
   * @param running how many tasks run now, whenever they were submitted
   * @param waitingMs how long the ended tasks waited from their due time to their first attempt;
   *     null if there are none
   * @param runningMs how long the last attempts of succeeded and failed tasks took; null if there
   *     are none
   * @param failures {@code [{reason, count, over_time: [{at, count}]}]}, the most frequent first; a
   *     reason is the last part of an error's type; {@code over_time} has the steps of a 24th of
   *     the interval, but at least a minute, in which such tasks were submitted
   */
  @Serdeable
  public record TypeStats(
      String task,
      long submitted,
      double submittedPerMinute,
      long succeeded,
      long failed,
      long revoked,
      long waiting,
      long running,
      @Nested("waited_") @Nullable Times waitingMs,
      @Nested("ran_") @Nullable Times runningMs,
      JsonNode failures) {}

  /**
   * Durations in milliseconds: 50 % of the tasks took at most {@code p50}, 95 % at most {@code
   * p95}.
   */
  @Serdeable
  public record Times(@PropagateNull long p50, long p95, long max) {}
}
