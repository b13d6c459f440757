package io.tallyman.billing.attempt;

import io.micronaut.json.JsonMapper;
import io.tallyman.billing.attempt.AttemptBatchController.HeartbeatItem;
import io.tallyman.billing.attempt.Attempts.AttemptState;
import io.tallyman.billing.database.JsonParameter;
import io.tallyman.billing.state.Progress;
import io.tallyman.billing.state.ProgressReports;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.TaskProgress;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/** Keeps attempts live: a heartbeat renews the lease of a live attempt and stores its progress. */
@Singleton
public final class Heartbeats {
  private final Jdbi jdbi;
  private final TaskConfiguration configuration;
  private final ProgressReports reports;
  private final JsonMapper json;

  Heartbeats(
      @Named("attempts") Jdbi jdbi,
      TaskConfiguration configuration,
      ProgressReports reports,
      JsonMapper json) {
    this.jdbi = jdbi;
    this.configuration = configuration;
    this.reports = reports;
    this.json = json;
  }

  /** A live attempt whose lease was renewed. */
  public record LiveAttempt(UUID id, int attempt) {
    private static LiveAttempt of(HeartbeatItem beat) {
      return new LiveAttempt(beat.taskId(), beat.attempt());
    }
  }

  public record RenewedAttempt(
      UUID id,
      int attempt,
      String task,
      @Nullable Long submittedBy,
      Instant createdAt,
      @Nested Progress progress) {
    LiveAttempt liveAttempt() {
      return new LiveAttempt(id, attempt);
    }

    TaskProgress report() {
      return new TaskProgress(id, task, submittedBy, createdAt, attempt, progress);
    }
  }

  /**
   * Renews the lease of a live attempt and stores its progress. Returns what the worker has to do.
   */
  LeaseRenewal record(UUID id, int attempt, Progress progress) {
    return jdbi.withHandle(
        handle ->
            renew(handle, List.of(new HeartbeatItem(id, attempt, progress))).isEmpty()
                ? renewal(Attempts.state(handle, id), attempt)
                : LeaseRenewal.CONTINUE);
  }

  /**
   * Renews the leases of live attempts and stores their progress, in one statement. Returns what
   * the worker has to do, in the order of the heartbeats.
   */
  List<LeaseRenewal> record(List<HeartbeatItem> beats) {
    return jdbi.withHandle(
        handle -> {
          Set<LiveAttempt> renewed = renew(handle, beats);
          List<UUID> others =
              beats.stream()
                  .filter(beat -> !renewed.contains(LiveAttempt.of(beat)))
                  .map(HeartbeatItem::taskId)
                  .toList();
          Map<UUID, AttemptState> states = Attempts.states(handle, others);
          return beats.stream()
              .map(
                  beat ->
                      renewed.contains(LiveAttempt.of(beat))
                          ? LeaseRenewal.CONTINUE
                          : renewal(states.get(beat.taskId()), beat.attempt()))
              .toList();
        });
  }

  /**
   * Locks the tasks in the order of their ids, as every statement that changes many does. Publishes
   * the progress of the renewed attempts.
   */
  private Set<LiveAttempt> renew(Handle handle, List<HeartbeatItem> beats) {
    List<RenewedAttempt> renewed =
        handle
            .createQuery(
                """
                WITH beat AS (
                  SELECT DISTINCT ON (id) task_id AS id, attempt, progress ->> 'phase' AS phase,
                    progress ->> 'unit' AS unit, (progress ->> 'done')::bigint AS done,
                    (progress ->> 'total')::bigint AS total
                  FROM jsonb_to_recordset(:beats) AS beat (task_id uuid, attempt integer, progress jsonb)
                  ORDER BY id, attempt DESC
                ), locked AS (
                  SELECT beat.*
                  FROM beat JOIN task USING (id)
                  ORDER BY id
                  FOR NO KEY UPDATE OF task
                )
                UPDATE task
                SET lease_until = now() + :lease, updated_at = now(),
                  -- an expired lease means lost heartbeats, which are no sign of a stall
                  progressed_at = CASE
                    WHEN (task.phase, task.done) IS NOT DISTINCT FROM (beat.phase, beat.done)
                      AND lease_until >= now() THEN progressed_at
                    ELSE now() END,
                  phase = beat.phase, unit = beat.unit, total = beat.total,
                  done = greatest(task.done, beat.done)
                FROM locked AS beat
                WHERE task.id = beat.id AND task.attempt = beat.attempt
                  AND (status = 'STARTED') IS TRUE
                RETURNING task.id, task.attempt, task, submitted_by, created_at, task.phase,
                  task.unit, task.done, task.total
                """)
            .bind("beats", JsonParameter.of(json, beats))
            .bind("lease", configuration.lease())
            .map(RecordMapper.of(RenewedAttempt.class))
            .list();
    renewed.forEach(attempt -> reports.publish(attempt.report()));
    return renewed.stream().map(RenewedAttempt::liveAttempt).collect(Collectors.toSet());
  }

  private static LeaseRenewal renewal(@Nullable AttemptState state, int attempt) {
    if (state == null) {
      return LeaseRenewal.SUPERSEDED;
    }
    if (state.status() == TaskStatus.REVOKED) {
      return LeaseRenewal.REVOKED;
    }
    String reason = state.attempt() == attempt ? state.errorSlug() : null;
    if (Watchdog.TIME_LIMIT.equals(reason)) {
      return LeaseRenewal.TIME_LIMIT;
    }
    return Watchdog.STALLED.equals(reason) ? LeaseRenewal.STALLED : LeaseRenewal.SUPERSEDED;
  }
}
