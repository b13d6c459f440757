package io.tallyman.billing.worker;

import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Counts waiting and running tasks. It stops counting at a limit, so a long backlog costs no more
 * than a short one.
 */
@Singleton
final class CurrentLoad {
  static final int MOST_COUNTED = 10_000;

  private final Jdbi jdbi;
  private final WorkerRegistry workers;
  private final TaskTypes types;

  CurrentLoad(@Named("attempts") Jdbi jdbi, WorkerRegistry workers, TaskTypes types) {
    this.jdbi = jdbi;
    this.workers = workers;
    this.types = types;
  }

  /**
   * Tasks of both kinds.
   *
   * @param longOnes those of types that are always long
   */
  public record Tasks(int all, int longOnes) {}

  Load read() {
    return jdbi.withHandle(
        handle -> {
          Tasks waiting = waiting(handle);
          Tasks running = running(handle);
          int slots = workers.liveSlots(handle);
          int longOnes = waiting.longOnes() + running.longOnes();
          int others = waiting.all() + running.all() - longOnes;
          int wanted = longOnes + inSlots(others, slots, workers.liveLightSlots(handle));
          return new Load(waiting.all(), running.all(), wanted, slots);
        });
  }

  /** How many slots have as many light slots beside them as these tasks need. */
  private static int inSlots(int tasks, int slots, int lightSlots) {
    return slots == 0 ? tasks : Math.ceilDiv(tasks * slots, slots + lightSlots);
  }

  /**
   * Counts each priority by itself. The index orders the tasks of one priority by due time, so the
   * query never reads tasks that are due later.
   */
  private Tasks waiting(Handle handle) {
    return counted(
        handle
            .createQuery(
                """
                SELECT count(*) AS all, count(*) FILTER (WHERE task = ANY(:long)) AS long_ones
                FROM (
                  SELECT task
                  FROM generate_series(0, 9) AS each
                  CROSS JOIN LATERAL (
                    SELECT task
                    FROM task
                    WHERE status IN ('PENDING', 'RETRY') AND priority = each AND due_at <= now()
                    LIMIT :counted
                  ) AS due
                  LIMIT :counted
                ) AS counted
                """)
            .bind("counted", MOST_COUNTED));
  }

  private Tasks running(Handle handle) {
    return counted(
        handle.createQuery(
            """
            SELECT count(*) AS all, count(*) FILTER (WHERE task = ANY(:long)) AS long_ones
            FROM task
            WHERE status = 'STARTED'
            """));
  }

  private Tasks counted(Query query) {
    return query
        .bindArray("long", String.class, types.longOnes())
        .map(RecordMapper.of(Tasks.class))
        .one();
  }
}
