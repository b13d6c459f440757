package io.tallyman.billing.task;

import io.tallyman.billing.expiry.Tombstones;
import io.tallyman.billing.state.Hint;
import io.tallyman.billing.state.Hints;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.UnknownTaskId;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads and inserts tasks. {@link io.tallyman.billing.state.TaskTransitions} changes them. */
@Singleton
public final class Tasks {
  static final int COUNTED_POSITIONS = 10_000;

  /** Counts all queue positions in one pass, so that many tasks cost little more than one. */
  private static final String WITH_POSITIONS =
      """
      WITH line AS (
        SELECT id, row_number() OVER (ORDER BY priority DESC, due_at, id) - 1 AS position
        FROM task
        WHERE status IN ('PENDING', 'RETRY') AND due_at <= now()
        ORDER BY priority DESC, due_at, id
        LIMIT :counted
      )
      SELECT t.*,
        CASE WHEN t.status IN ('PENDING', 'RETRY') AND t.due_at <= now()
          THEN coalesce(line.position, :counted)::integer
        END AS queue_position
      FROM task t
      LEFT JOIN line ON line.id = t.id
      """;

  private final Jdbi jdbi;
  private final Tombstones tombstones;
  private final Hints hints;
  private final TaskConfiguration configuration;

  Tasks(Jdbi jdbi, Tombstones tombstones, Hints hints, TaskConfiguration configuration) {
    this.jdbi = jdbi;
    this.tombstones = tombstones;
    this.hints = hints;
    this.configuration = configuration;
  }

  /**
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   */
  Task require(UUID id) {
    return jdbi.withHandle(handle -> require(handle, id));
  }

  /**
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   */
  Task require(Handle handle, UUID id) {
    return find(handle, id).orElseThrow(() -> tombstones.absence(id, new UnknownTaskId(id)));
  }

  Optional<Task> find(Handle handle, UUID id) {
    return handle
        .createQuery(
            """
            SELECT t.*,
              CASE WHEN t.status IN ('PENDING', 'RETRY') AND t.due_at <= now() THEN (
                SELECT count(*)::integer
                FROM (
                  SELECT
                  FROM task earlier
                  WHERE earlier.status IN ('PENDING', 'RETRY') AND earlier.due_at <= now()
                    AND earlier.priority >= t.priority
                    AND (earlier.priority > t.priority
                      OR (earlier.due_at, earlier.id) < (t.due_at, t.id))
                  LIMIT :counted
                ) AS counted
              ) END AS queue_position
            FROM task t
            WHERE t.id = :id
            """)
        .bind("id", id)
        .bind("counted", COUNTED_POSITIONS)
        .map(ConstructorMapper.of(Task.class))
        .findOne();
  }

  /** The tasks that exist among the ids, in no particular order. */
  List<Task> findAll(List<UUID> ids) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(WITH_POSITIONS + "WHERE t.id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids)
                .bind("counted", COUNTED_POSITIONS)
                .map(ConstructorMapper.of(Task.class))
                .list());
  }

  /**
   * The tasks that exist among the ids, in no particular order. Their {@code queue_position} is
   * null.
   */
  public List<Task> findWithoutPositions(Handle handle, List<UUID> ids) {
    return handle
        .createQuery("SELECT *, NULL::integer AS queue_position FROM task WHERE id = ANY(:ids)")
        .bindArray("ids", UUID.class, ids)
        .map(ConstructorMapper.of(Task.class))
        .list();
  }

  /** The group with its tasks in the order of submission; empty if there is none. */
  public List<Task> findGroup(Handle handle, UUID id) {
    return handle
        .createQuery(
            WITH_POSITIONS
                + """
                WHERE t.group_id = :id
                  -- an expired group may be partly deleted
                  AND NOT EXISTS (SELECT FROM tombstone WHERE id = :id)
                ORDER BY t.id
                """)
        .bind("id", id)
        .bind("counted", COUNTED_POSITIONS)
        .map(ConstructorMapper.of(Task.class))
        .list();
  }

  /**
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   */
  public List<Task> requireGroup(UUID id) {
    List<Task> tasks = jdbi.withHandle(handle -> findGroup(handle, id));
    if (tasks.isEmpty()) {
      throw tombstones.absence(id, new UnknownGroup(id));
    }
    return tasks;
  }

  /**
   * Inserts a PENDING task and its first event. The commit of this insert is the acceptance. The id
   * of the current request is stored with the task.
   *
   * @param retryOf the task that this one retries; null if none
   * @param groupId the group that it belongs to; null if none
   * @throws DuplicateTask if the same thing may be done only once and another task does or did it
   */
  public void insert(
      Handle transaction, UUID id, NewTask task, @Nullable UUID retryOf, @Nullable UUID groupId) {
    int inserted =
        transaction
            .createUpdate(
                """
                WITH accepted AS (
                  INSERT INTO task
                    (id, task, parameters, status, priority, eta, due_at, retry_of, group_id,
                     max_attempts, request_id, event_seq)
                  VALUES
                    (:id, :task, :parameters, 'PENDING', :priority, :eta,
                     greatest(now(), :eta), :retryOf, :groupId, :maxAttempts, :requestId, 1)
                  ON CONFLICT DO NOTHING
                  RETURNING *
                )
                INSERT INTO task_event (task_id, seq, at, status, attempt)
                SELECT id, event_seq, now(), status, attempt FROM accepted
                """)
            .bind("id", id)
            .bind("task", task.task())
            .bind("parameters", task.parameters())
            .bind("priority", task.priorityOrDefault())
            .bind("eta", task.eta())
            .bind("retryOf", retryOf)
            .bind("groupId", groupId)
            .bind("maxAttempts", configuration.maxAttempts())
            .bind("requestId", RequestId.current().orElse(null))
            .execute();
    if (inserted == 0) {
      throw new DuplicateTask(task.task());
    }
    transaction.afterCommit(() -> hints.publish(new Hint(id, 1)));
  }
}
