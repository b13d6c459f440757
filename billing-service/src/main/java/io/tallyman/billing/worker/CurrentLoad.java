package io.tallyman.billing.worker;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Counts what is to be done; a long line costs no more than a short one. */
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
   * Each priority for itself: among those of one the index has what is due first, so that what is
   * due later is not read.
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
