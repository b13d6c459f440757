package io.tallyman.billing.stats;

import io.tallyman.billing.database.AggregateQueries;
import io.tallyman.billing.stats.Stats.TypeStats;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statistics of the tasks that were submitted in an interval, and of all unfinished
 * tasks.
 */
@Singleton
final class TaskStatistics {
  private static final String BY_TYPE =
      """
      WITH submitted AS MATERIALIZED (
        SELECT task, status, created_at,
          substring(error ->> 'type' FROM '[^:]*$') AS reason,
          CASE WHEN status IN ('SUCCESS', 'FAILURE', 'REVOKED')
            THEN extract(epoch FROM started_at - greatest(created_at, eta)) * 1000
          END AS waited,
          CASE WHEN status IN ('SUCCESS', 'FAILURE')
            THEN extract(epoch FROM date_done - attempt_started_at) * 1000
          END AS ran
        FROM task
        WHERE created_at >= :from AND created_at < :to
      ), then_ended AS (
        SELECT task,
          count(*) AS submitted,
          count(*) FILTER (WHERE status = 'SUCCESS') AS succeeded,
          count(*) FILTER (WHERE status = 'FAILURE') AS failed,
          count(*) FILTER (WHERE status = 'REVOKED') AS revoked,
          percentile_disc(0.5) WITHIN GROUP (ORDER BY waited) AS waited_p50,
          percentile_disc(0.95) WITHIN GROUP (ORDER BY waited) AS waited_p95,
          max(waited) AS waited_max,
          percentile_disc(0.5) WITHIN GROUP (ORDER BY ran) AS ran_p50,
          percentile_disc(0.95) WITHIN GROUP (ORDER BY ran) AS ran_p95,
          max(ran) AS ran_max
        FROM submitted
        GROUP BY task
      ), failed_by_step AS (
        SELECT task, reason, count(*) AS n,
          date_bin(greatest((CAST(:to AS timestamptz) - CAST(:from AS timestamptz)) / 24,
            interval '1 minute'), created_at, CAST(:from AS timestamptz)) AS at
        FROM submitted
        WHERE status = 'FAILURE'
        GROUP BY task, reason, at
      ), failed_by_reason AS (
        SELECT task, reason, sum(n) AS n,
          jsonb_agg(jsonb_build_object('count', n, 'at',
              to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ORDER BY at)
            AS over_time
        FROM failed_by_step
        GROUP BY task, reason
      ), failed AS (
        SELECT task,
          jsonb_agg(jsonb_build_object('reason', reason, 'count', n, 'over_time', over_time)
            ORDER BY n DESC, reason) AS failures
        FROM failed_by_reason
        GROUP BY task
      ), not_ended AS (
        SELECT task, count(*) FILTER (WHERE waits) AS waiting,
          count(*) FILTER (WHERE NOT waits) AS running
        FROM (
          SELECT task, true AS waits FROM task WHERE status IN ('PENDING', 'RETRY')
          UNION ALL
          SELECT task, false FROM task WHERE status = 'STARTED'
        ) AS unended
        GROUP BY task
      )
      SELECT task,
        coalesce(submitted, 0) AS submitted,
        coalesce(round(submitted * 60
          / nullif(extract(epoch FROM least(now(), :to) - :from), 0), 2), 0) AS submitted_per_minute,
        coalesce(succeeded, 0) AS succeeded,
        coalesce(failed, 0) AS failed,
        coalesce(revoked, 0) AS revoked,
        coalesce(waiting, 0) AS waiting,
        coalesce(running, 0) AS running,
        round(waited_p50) AS waited_p50, round(waited_p95) AS waited_p95,
        round(waited_max) AS waited_max,
        round(ran_p50) AS ran_p50, round(ran_p95) AS ran_p95, round(ran_max) AS ran_max,
        coalesce(failures, '[]') AS failures
      FROM then_ended
      FULL JOIN not_ended USING (task)
      LEFT JOIN failed USING (task)
      ORDER BY task
      """;

  private final AggregateQueries queries;

  TaskStatistics(AggregateQueries queries) {
    this.queries = queries;
  }

  /**
   * @param from inclusive; null means 24 hours before {@code to}
   * @param to exclusive; null means now
   * @throws io.tallyman.kit.problem.InvalidFields if the interval is empty or longer than 92 days
   */
  Stats of(@Nullable Instant from, @Nullable Instant to) {
    return queries.inTransaction(
        transaction -> {
          Interval interval = interval(transaction, from, to);
          interval.require();
          List<TypeStats> types =
              transaction
                  .createQuery(BY_TYPE)
                  .bindMethods(interval)
                  .map(RecordMapper.of(TypeStats.class))
                  .list();
          return new Stats(interval.from(), interval.to(), types);
        });
  }

  private static Interval interval(Handle handle, @Nullable Instant from, @Nullable Instant to) {
    return handle
        .createQuery(
            """
            WITH until AS (SELECT coalesce(CAST(:to AS timestamptz), now()) AS at)
            SELECT coalesce(CAST(:from AS timestamptz), at - interval '24 hours') AS from, at AS to
            FROM until
            """)
        .bind("from", from)
        .bind("to", to)
        .map(RecordMapper.of(Interval.class))
        .one();
  }
}
