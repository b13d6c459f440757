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
 * Deletes tasks that have expired, with their events and manifests, and leaves tombstones. The
 * store's sweeper then removes the files of their sheets, which are listed for it. A group is kept
 * whole, until the last of its tasks expires.
 *
 * <p>Works in small transactions and passes over what others hold, so that it holds nobody up and
 * several instances do not disturb each other.
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
   * Lets tasks expire with the last of their group; while one goes on, when it may have by then.
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

  /** The ids of what went: tasks, their groups and their sheets. */
  private static List<UUID> delete(Handle transaction, List<UUID> found) {
    return transaction
        .createQuery(
            """
            WITH gone AS (
              DELETE FROM task WHERE id = ANY(:found) AND expires_at < now()
              RETURNING id, group_id, attempt
            ), files AS (
              INSERT INTO unneeded_sheet (task_id, attempt)
              SELECT id, attempt FROM gone WHERE attempt > 0
              ON CONFLICT DO NOTHING
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
