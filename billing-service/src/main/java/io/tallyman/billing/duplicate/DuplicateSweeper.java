package io.tallyman.billing.duplicate;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Deletes the duplicates of imports whose task has expired, in small batches. */
@Singleton
class DuplicateSweeper {
  private static final int BATCH = 20_000;

  private final Jdbi jdbi;

  DuplicateSweeper(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Scheduled(fixedDelay = "5m", initialDelay = "25s")
  void sweep() {
    expired().forEach(this::sweep);
  }

  /** The query jumps from import to import in the index. */
  private List<UUID> expired() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    WITH RECURSIVE imports AS (
                      (SELECT import_id FROM import_duplicate ORDER BY import_id LIMIT 1)
                      UNION ALL
                      SELECT next.* FROM imports i CROSS JOIN LATERAL (
                        SELECT import_id FROM import_duplicate d
                        WHERE d.import_id > i.import_id
                        ORDER BY import_id
                        LIMIT 1) AS next
                    )
                    SELECT import_id FROM imports i
                    WHERE NOT EXISTS (SELECT FROM task t WHERE t.id = i.import_id)
                    """)
                .mapTo(UUID.class)
                .list());
  }

  private void sweep(UUID expired) {
    int removed;
    do {
      removed =
          jdbi.withHandle(
              handle ->
                  handle.execute(
                      """
                      DELETE FROM import_duplicate
                      WHERE ctid = ANY(ARRAY(
                        SELECT ctid FROM import_duplicate WHERE import_id = ? LIMIT ?))
                      """,
                      expired,
                      BATCH));
    } while (removed == BATCH);
  }
}
