package io.tallyman.billing.worker;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts waiting and running tasks. It stops counting at a limit, so a long backlog costs no more
 * than a short one.
 */
@Singleton
final class CurrentLoad {
  static final int MOST_COUNTED = 10_000;

  private final Jdbi jdbi;
  private final WorkerRegistry workers;

  CurrentLoad(@Named("attempts") Jdbi jdbi, WorkerRegistry workers) {
    this.jdbi = jdbi;
    this.workers = workers;
  }

  Load read() {
    return jdbi.withHandle(
        handle -> {
          int waiting = waiting(handle);
          int running = running(handle);
          return new Load(waiting, running, waiting + running, workers.liveSlots(handle));
        });
  }

  /**
   * Counts each priority by itself. The index orders the tasks of one priority by due time, so the
   * query never reads tasks that are due later.
   */
  private static int waiting(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT count(*)
            FROM (
              SELECT
              FROM generate_series(0, 9) AS each
              CROSS JOIN LATERAL (
                SELECT
                FROM task
                WHERE status IN ('PENDING', 'RETRY') AND priority = each AND due_at <= now()
                LIMIT :counted
              ) AS due
              LIMIT :counted
            ) AS counted
            """)
        .bind("counted", MOST_COUNTED)
        .mapTo(Integer.class)
        .one();
  }

  private static int running(Handle handle) {
    return handle
        .createQuery("SELECT count(*) FROM task WHERE status = 'STARTED'")
        .mapTo(Integer.class)
        .one();
  }
}
