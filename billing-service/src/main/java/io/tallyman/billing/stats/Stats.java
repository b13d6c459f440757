package io.tallyman.billing.stats;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tasks that were submitted in an interval.
 *
 * @param from inclusive
 * @param to exclusive
 * @param types one for each type of which any was submitted then, or has not ended now; by name
 */
@Serdeable
record Stats(Instant from, Instant to, List<TypeStats> types) {
  /**
   * @param task the type's name
   * @param submittedPerMinute over as much of the interval as has passed
   * @param succeeded how many of those submitted
   * @param failed how many of those submitted
   * @param revoked how many of those submitted
   * @param waiting how many wait at this moment, whenever they were submitted
   * @param running how many run at this moment, whenever they were submitted
   * @param waitingMs how long those that have ended waited for their first attempt, from when they
   *     were due; null if none did
   * @param runningMs how long the last attempts took of those that succeeded or failed; null if
   *     there are none
   * @param failures {@code [{reason, count}]}, the most frequent first; a reason is the last part
   *     of an error's type
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

  /** In milliseconds: half of them took at most {@code p50}, 95 of 100 at most {@code p95}. */
  @Serdeable
  public record Times(@PropagateNull long p50, long p95, long max) {}
}
