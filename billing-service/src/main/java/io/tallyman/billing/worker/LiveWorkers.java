package io.tallyman.billing.worker;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;

/**
 * Lists the live workers and the attempts that they run, according to the leases in the database.
 */
@Singleton
final class LiveWorkers {
  private final Jdbi jdbi;

  LiveWorkers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @param slots how many attempts it runs at once, of any length
   * @param freeSlots {@code slots} minus the running attempts, at least 0
   * @param running its running attempts, the oldest first
   * @param seenAt when billing-service received its last report
   */
  @Serdeable
  record LiveWorker(
      String id, int slots, int freeSlots, List<RunningAttempt> running, Instant seenAt) {}

  /**
   * @param task the name of the task's type
   * @param since when the attempt began
   */
  @Serdeable
  public record RunningAttempt(UUID taskId, String task, int attempt, Instant since) {}

  /** All live workers, ordered by id. */
  List<LiveWorker> list() {
    return jdbi.withHandle(LiveWorkers::list);
  }

  private static List<LiveWorker> list(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT w.id, w.slots + w.light_slots AS slots, w.seen_at,
              -- computed from the leases: the worker's own report is of another moment
              greatest(0, w.slots + w.light_slots - count(t.id) OVER (PARTITION BY w.id)) AS free_slots,
              t.id AS task_id, t.task, t.attempt, t.attempt_started_at AS since
            FROM worker w
            LEFT JOIN task t ON t.status = 'STARTED' AND t.worker_id = w.id
            WHERE w.seen_at >= now() - make_interval(secs => :silence)
            ORDER BY w.id, t.attempt_started_at, t.id
            """)
        .bind("silence", WorkerRegistry.SILENCE_SECONDS)
        .registerRowMapper(RunningAttempt.class, RecordMapper.of(RunningAttempt.class))
        .<Map<String, LiveWorker>>reduceRows(new LinkedHashMap<>(), LiveWorkers::add)
        .values()
        .stream()
        .toList();
  }

  private static Map<String, LiveWorker> add(Map<String, LiveWorker> workers, RowView row) {
    LiveWorker worker =
        workers.computeIfAbsent(
            row.getColumn("id", String.class),
            id ->
                new LiveWorker(
                    id,
                    row.getColumn("slots", Integer.class),
                    row.getColumn("free_slots", Integer.class),
                    new ArrayList<>(),
                    row.getColumn("seen_at", Instant.class)));
    if (row.getColumn("task_id", UUID.class) != null) {
      worker.running().add(row.getRow(RunningAttempt.class));
    }
    return workers;
  }
}
