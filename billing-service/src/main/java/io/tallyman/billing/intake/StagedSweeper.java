package io.tallyman.billing.intake;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Removes staged rows of attempts that are not live, in batches that hold nothing up. */
@Singleton
class StagedSweeper {
  private static final int BATCH = 20_000;

  private final Jdbi jdbi;

  StagedSweeper(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Scheduled(fixedDelay = "30s", initialDelay = "5s")
  void sweep() {
    int removed;
    do {
      removed =
          jdbi.withHandle(
              handle ->
                  handle
                      .createUpdate(
                          """
                          DELETE FROM staged_billing
                          WHERE ctid = ANY(ARRAY(
                            SELECT s.ctid
                            FROM staged_billing s
                            WHERE NOT EXISTS (
                              SELECT FROM task t
                              WHERE t.id = s.task_id AND t.attempt = s.attempt AND t.status = 'STARTED')
                            LIMIT :batch))
                          """)
                      .bind("batch", BATCH)
                      .execute());
    } while (removed == BATCH);
  }
}
