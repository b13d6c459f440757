package io.tallyman.billing.task;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.expiry.Tombstones;
import io.tallyman.billing.state.TaskConfiguration;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Deletes expired tasks with their events and manifests, and writes a tombstone for each id. The
 * store's sweeper then deletes their sheet files. All tasks of a group are kept until the last of
 * them expires.
 *
 * <p>It works in small transactions and skips rows that others have locked, so that it blocks
 * nobody and several instances can run at once.
 */
@Singleton
class ExpiredTasks {
  private static final int BATCH = 500;

  private final Jdbi jdbi;
  private final TaskConfiguration configuration;

  ExpiredTasks(Jdbi jdbi, TaskConfiguration configuration) {
    this.jdbi = jdbi;
    this.configuration = configuration;
  }

  @Scheduled(fixedDelay = "1m", initialDelay = "15s")
  void sweep() {
    int found;
    do {
      found = jdbi.inTransaction(this::sweepBatch);
    } while (found == BATCH);
  }

  private int sweepBatch(Handle transaction) {
    List<UUID> found = lockDue(transaction);
    prolongGroups(transaction, found);
    Tombstones.bury(transaction, delete(transaction, found));
    return found.size();
  }

  private static List<UUID> lockDue(Handle transaction) {
    return transaction
        .createQuery(
            """
            SELECT id FROM task
            WHERE expires_at < now()
            ORDER BY expires_at
            LIMIT :batch
            FOR UPDATE SKIP LOCKED
            """)
        .bind("batch", BATCH)
        .mapTo(UUID.class)
        .list();
  }

  /**
   * Moves the expiry of found tasks to that of the last task of their group. While a task of the
   * group has not ended, that is one retention from now.
   */
  private void prolongGroups(Handle transaction, List<UUID> found) {
    transaction
        .createUpdate(
            """
            WITH kept AS (
              SELECT t.id, max(coalesce(member.expires_at, now() + :retention)) AS until
              FROM task t
              JOIN task member ON member.group_id = t.group_id
              WHERE t.id = ANY(:found)
              GROUP BY t.id
              HAVING bool_or(member.expires_at IS NULL OR member.expires_at >= now())
            ), told AS (
              UPDATE sheet SET expires_at = until FROM kept WHERE task_id = kept.id
            )
            UPDATE task SET expires_at = until FROM kept WHERE task.id = kept.id
            """)
        .bind("retention", configuration.retention())
        .bindArray("found", UUID.class, found)
        .execute();
  }

  /** Returns the ids of the deleted tasks, of their groups and of their sheets. */
  private static List<UUID> delete(Handle transaction, List<UUID> found) {
    return transaction
        .createQuery(
            """
            WITH gone AS (
              DELETE FROM task WHERE id = ANY(:found) AND expires_at < now()
              RETURNING id, group_id, attempt
            ), files AS (
              INSERT INTO unneeded_sheet (task_id, attempt)
              SELECT id, attempt FROM gone
              WHERE attempt > 0 AND NOT EXISTS (
                SELECT FROM sheet WHERE task_id = gone.id AND content IS NOT NULL
              )
              ON CONFLICT DO NOTHING
            ), bulk AS (
              DELETE FROM bulk_task WHERE task_id IN (SELECT id FROM gone)
            )
            SELECT id FROM gone
            UNION
            SELECT group_id FROM gone WHERE group_id IS NOT NULL
            UNION
            SELECT sheet.id FROM sheet JOIN gone ON gone.id = sheet.task_id
            """)
        .bindArray("found", UUID.class, found)
        .mapTo(UUID.class)
        .list();
  }
}
