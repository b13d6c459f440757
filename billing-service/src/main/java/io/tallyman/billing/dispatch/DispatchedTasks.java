package io.tallyman.billing.dispatch;

import io.tallyman.billing.worker.WorkerRegistry;
import io.tallyman.billing.worker.WorkerRegistry.Offers;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Chooses the tasks to dispatch. It dispatches only enough to keep every slot busy: the broker
 * delivers in order of arrival, while tasks that wait in the database are taken exactly by
 * priority.
 */
@Singleton
final class DispatchedTasks {
  static final int BATCH = 100;

  /**
   * All instances take this advisory lock while they mark tasks, so that together they keep the
   * limit.
   */
  private static final long LOCK = 0x7461736b;

  /**
   * Reads each priority by itself, from the highest: the index orders the tasks of one priority by
   * due time, so the query never reads tasks that are due later.
   */
  static final String MARK =
      """
      WITH due AS (
        SELECT first.id
        FROM generate_series(9, 0, -1) AS each
        CROSS JOIN LATERAL (
          SELECT id
          FROM task
          WHERE status IN ('PENDING', 'RETRY') AND dispatched_at IS NULL
            AND priority = each AND due_at <= now()
          ORDER BY due_at, id
          LIMIT :room
          FOR NO KEY UPDATE SKIP LOCKED
        ) AS first
        LIMIT :room
      ), marked AS (
        UPDATE task
        SET dispatched_at = (SELECT clock_timestamp()), dispatch_no = dispatch_no + 1,
          unclaimed_dispatches = unclaimed_dispatches + 1
        FROM due
        WHERE task.id = due.id
        RETURNING task.*
      )
      SELECT id, task, dispatch_no FROM marked ORDER BY priority DESC, due_at, id
      """;

  /** Locks the tasks in the order of their ids, as every statement that changes many does. */
  private static final String UNMARK =
      """
      WITH locked AS (
        SELECT item.id, item.dispatch_no
        FROM unnest(:ids, :numbers) AS item (id, dispatch_no) JOIN task USING (id)
        ORDER BY id
        FOR NO KEY UPDATE OF task
      )
      UPDATE task
      SET dispatched_at = NULL, unclaimed_dispatches = unclaimed_dispatches - 1
      FROM locked
      WHERE task.id = locked.id AND task.dispatch_no = locked.dispatch_no
        AND (dispatched_at IS NOT NULL AND status IN ('PENDING', 'RETRY')) IS TRUE
      """;

  /** The instance that replaces the queue holds this advisory lock. */
  private static final long REPLACE_LOCK = 0x71756575;

  private final Jdbi jdbi;
  private final WorkerRegistry workers;
  private final DispatchRoom room;
  private final Messages messages;

  DispatchedTasks(
      @Named("attempts") Jdbi jdbi, WorkerRegistry workers, DispatchRoom room, Messages messages) {
    this.jdbi = jdbi;
    this.workers = workers;
    this.room = room;
    this.messages = messages;
  }

  /**
   * Marks the next due tasks as dispatched, at most {@value #BATCH}, in the order to publish them.
   * All tasks of a batch get the same {@code dispatched_at}, so {@link LostDispatches} does not
   * take one as dispatched after another.
   */
  List<Dispatch> mark() {
    return jdbi.inTransaction(
        transaction -> {
          transaction.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
          Offers offers = workers.offers(transaction);
          messages.measured(offers);
          int limit = offers.most();
          int dispatched = offered(transaction);
          int most = Math.clamp(limit - dispatched, 0, BATCH);
          List<Dispatch> marked = most == 0 ? List.of() : mark(transaction, most);
          room.measured(limit, dispatched + marked.size(), marked.size() < most);
          return marked;
        });
  }

  private static int offered(Handle transaction) {
    return transaction
        .createQuery(
            """
            SELECT count(*) FROM task
            WHERE status IN ('PENDING', 'RETRY') AND dispatched_at IS NOT NULL
            """)
        .mapTo(Integer.class)
        .one();
  }

  private static List<Dispatch> mark(Handle transaction, int room) {
    return transaction
        .createQuery(MARK)
        .bind("room", room)
        .map(RecordMapper.of(Dispatch.class))
        .list();
  }

  /**
   * Removes the marks, so that the tasks are dispatched again. Tasks that were claimed or
   * dispatched again meanwhile keep theirs.
   */
  void unmark(List<Dispatch> dispatches) {
    if (dispatches.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(UNMARK)
                .bindArray("ids", UUID.class, dispatches.stream().map(Dispatch::id).toList())
                .bindArray(
                    "numbers",
                    Integer.class,
                    dispatches.stream().map(Dispatch::dispatchNo).toList())
                .execute());
  }

  /**
   * Replaces the queue, unless another instance does it now or has just done it. In the second case
   * the queue takes these dispatches, which it refused before.
   */
  void replace(DispatchQueue queue, List<Dispatch> refused) {
    jdbi.useTransaction(
        transaction -> {
          boolean isAlone =
              transaction
                  .createQuery("SELECT pg_try_advisory_xact_lock(?)")
                  .bind(0, REPLACE_LOCK)
                  .mapTo(Boolean.class)
                  .one();
          if (isAlone && !queue.publish(messages.of(refused)).isEmpty()) {
            queue.replace();
          }
        });
  }
}
