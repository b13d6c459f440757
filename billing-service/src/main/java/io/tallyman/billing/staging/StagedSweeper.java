package io.tallyman.billing.staging;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Deletes the staged rows of attempts that are not live, in small batches. */
@Singleton
class StagedSweeper {
  private static final int BATCH = 20_000;

  private final Jdbi jdbi;

  StagedSweeper(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  public record Dead(UUID taskId, int attempt) {}

  @Scheduled(fixedDelay = "30s", initialDelay = "5s")
  void sweep() {
    for (String table : new String[] {"staged_billing", "staged_refusal", "staged_duplicate"}) {
      for (Dead dead : deadIn(table)) {
        sweep(table, dead);
      }
    }
  }

  /**
   * Finds attempts with staged rows that are not live. The query jumps from attempt to attempt in
   * the index, so its cost does not depend on the number of rows.
   */
  private Iterable<Dead> deadIn(String table) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    WITH RECURSIVE staged AS (
                      (SELECT task_id, attempt FROM <table> ORDER BY task_id, attempt LIMIT 1)
                      UNION ALL
                      SELECT next.* FROM staged s CROSS JOIN LATERAL (
                        SELECT task_id, attempt FROM <table> t
                        WHERE (t.task_id, t.attempt) > (s.task_id, s.attempt)
                        ORDER BY task_id, attempt
                        LIMIT 1) AS next
                    )
                    SELECT task_id, attempt FROM staged s
                    WHERE NOT EXISTS (
                      SELECT FROM task t
                      WHERE t.id = s.task_id AND t.attempt = s.attempt AND t.status = 'STARTED')
                    """)
                .define("table", table)
                .map(RecordMapper.of(Dead.class))
                .list());
  }

  private void sweep(String table, Dead dead) {
    int removed;
    do {
      removed =
          jdbi.withHandle(
              handle ->
                  handle
                      .createUpdate(
                          """
                          DELETE FROM <table>
                          WHERE ctid = ANY(ARRAY(
                            SELECT ctid FROM <table>
                            WHERE task_id = :taskId AND attempt = :attempt
                            LIMIT :batch))
                          """)
                      .define("table", table)
                      .bindMethods(dead)
                      .bind("batch", BATCH)
                      .execute());
    } while (removed == BATCH);
  }
}
