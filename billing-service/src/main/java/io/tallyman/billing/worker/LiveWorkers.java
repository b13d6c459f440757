package io.tallyman.billing.worker;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.RowView;

/** Which workers are alive, and what they run by the leases that this service gave them. */
@Singleton
final class LiveWorkers {
  private final Jdbi jdbi;

  LiveWorkers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @param slots how many attempts it runs at once
   * @param freeSlots how many of them run no attempt: always {@code slots} less the running ones
   * @param running its attempts, the oldest first
   * @param seenAt when it reported last
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

  /** All of them by their ids. */
  List<LiveWorker> list() {
    return jdbi.withHandle(LiveWorkers::list);
  }

  private static List<LiveWorker> list(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT w.id, w.slots, w.seen_at,
              -- what the worker reported last is of another moment than its leases
              greatest(0, w.slots - count(t.id) OVER (PARTITION BY w.id)) AS free_slots,
              t.id AS task_id, t.task, t.attempt, t.attempt_started_at AS since
            FROM worker w
            LEFT JOIN task t ON t.status = 'STARTED' AND t.worker_id = w.id
            WHERE w.seen_at >= now() - make_interval(secs => :silence)
            ORDER BY w.id, t.attempt_started_at, t.id
            """)
        .bind("silence", WorkerRegistry.SILENCE_SECONDS)
        .registerRowMapper(ConstructorMapper.factory(RunningAttempt.class))
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
