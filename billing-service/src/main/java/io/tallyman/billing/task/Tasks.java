package io.tallyman.billing.task;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.access.Visible;
import io.tallyman.billing.database.AfterCommit;
import io.tallyman.billing.database.JsonParameter;
import io.tallyman.billing.expiry.Tombstones;
import io.tallyman.billing.state.Hint;
import io.tallyman.billing.state.Hints;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.UnknownTaskId;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.kit.audit.Sender;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/** Reads and inserts tasks. {@link io.tallyman.billing.state.TaskTransitions} changes them. */
@Singleton
public final class Tasks {
  static final int COUNTED_POSITIONS = 10_000;

  /**
   * Counts all queue positions in one pass, so that many tasks cost little more than one. Reads
   * each priority by itself, from the highest: the index orders the tasks of one priority by due
   * time, so the query never reads tasks that are due later.
   */
  static final String WITH_POSITIONS =
      """
      WITH line AS (
        SELECT id, row_number() OVER (ORDER BY priority DESC, due_at, id) - 1 AS position
        FROM (
          SELECT due.*
          FROM generate_series(9, 0, -1) AS each
          CROSS JOIN LATERAL (
            SELECT id, priority, due_at
            FROM task
            WHERE status IN ('PENDING', 'RETRY') AND priority = each AND due_at <= now()
            ORDER BY due_at, id
            LIMIT :counted
          ) AS due
          LIMIT :counted
        ) AS first
      )
      SELECT t.*,
        CASE WHEN t.status IN ('PENDING', 'RETRY') AND t.due_at <= now()
          THEN coalesce(line.position, :counted)::integer
        END AS queue_position
      FROM task t
      LEFT JOIN line ON line.id = t.id
      """;

  /** Counts the position of one task in the same way, up to its own place. */
  static final String WITH_POSITION =
      """
      SELECT t.*,
        CASE WHEN t.status IN ('PENDING', 'RETRY') AND t.due_at <= now() THEN (
          SELECT count(*)::integer
          FROM (
            SELECT
            FROM generate_series(9, t.priority, -1) AS each
            CROSS JOIN LATERAL (
              SELECT
              FROM task earlier
              WHERE earlier.status IN ('PENDING', 'RETRY') AND earlier.priority = each
                AND earlier.due_at <= CASE WHEN each = t.priority THEN t.due_at ELSE now() END
                AND (each > t.priority OR (earlier.due_at, earlier.id) < (t.due_at, t.id))
              LIMIT :counted
            ) AS due
            LIMIT :counted
          ) AS counted
        ) END AS queue_position
      FROM task t
      WHERE t.id = :id AND (:owner::text IS NULL OR t.submitted_by = :owner)
      """;

  private static final String INSERT =
      """
      WITH item AS (
        SELECT *, eta IS NULL OR eta <= now() AS due
        FROM jsonb_to_recordset(:items) AS item
          (id uuid, task text, parameters jsonb, priority smallint, eta timestamptz,
           retry_of uuid, group_id uuid, request_id text, submitted_by text,
           audited_as text, sender_name text, address text)
      ), ahead AS (
        -- the highest priority of the tasks that wait for the dispatcher
        SELECT coalesce(max(each), -1) AS priority
        FROM generate_series(0, 9) AS each
        WHERE :room > 0 AND EXISTS (
          SELECT FROM task
          WHERE status IN ('PENDING', 'RETRY') AND dispatched_at IS NULL
            AND task.priority = each AND due_at <= now())
      ), marked AS (
        SELECT id FROM item
        WHERE due AND priority > (SELECT priority FROM ahead)
        ORDER BY priority DESC, id
        LIMIT :room
      ), accepted AS (
        INSERT INTO task
          (id, task, parameters, status, priority, eta, due_at, retry_of, group_id,
           max_attempts, request_id, submitted_by, event_seq, dispatched_at, dispatch_no, unclaimed_dispatches)
        SELECT item.id, task, parameters, 'PENDING', priority, eta, greatest(now(), eta),
          retry_of, group_id, :maxAttempts, request_id, submitted_by, 1,
          CASE WHEN marked.id IS NOT NULL THEN now() END,
          (marked.id IS NOT NULL)::integer, (marked.id IS NOT NULL)::integer
        FROM item LEFT JOIN marked USING (id)
        ORDER BY item.id
        ON CONFLICT DO NOTHING
        RETURNING *
      ), told AS (
        INSERT INTO task_event (task_id, seq, at, status, attempt)
        SELECT id, event_seq, now(), status, attempt FROM accepted
      ), audited AS (
        INSERT INTO audit_event (who, who_name, what, kind, which, address, request_id, details)
        SELECT submitted_by::bigint, sender_name, audited_as, 'task', id, address, request_id,
          jsonb_strip_nulls(jsonb_build_object('task', task, 'parameters', parameters,
            'retry_of', retry_of, 'group_id', group_id))
        FROM item WHERE audited_as IS NOT NULL AND id IN (SELECT id FROM accepted)
      )
      SELECT *, due_at <= now() AS due, NULL::integer AS queue_position FROM accepted
      """;

  private final Jdbi jdbi;
  private final Tombstones tombstones;
  private final Hints hints;
  private final TaskConfiguration configuration;
  private final JsonMapper json;

  Tasks(
      Jdbi jdbi,
      Tombstones tombstones,
      Hints hints,
      TaskConfiguration configuration,
      JsonMapper json) {
    this.jdbi = jdbi;
    this.tombstones = tombstones;
    this.hints = hints;
    this.configuration = configuration;
    this.json = json;
  }

  /**
   * A task that the sender of the current request may see.
   *
   * @throws io.tallyman.kit.problem.Refusal if it expired, does not exist or may not be seen
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
        .createQuery(WITH_POSITION)
        .bind("id", id)
        .bind("owner", Visible.owner())
        .bind("counted", COUNTED_POSITIONS)
        .map(RecordMapper.of(Task.class))
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
                .map(RecordMapper.of(Task.class))
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
        .map(RecordMapper.of(Task.class))
        .list();
  }

  /**
   * The tasks of a group that the sender of the current request may see, in the order of
   * submission; empty if there is none.
   */
  public List<Task> findGroup(Handle handle, UUID id) {
    return handle
        .createQuery(
            WITH_POSITIONS
                + """
                WHERE t.group_id = :id AND (:owner::text IS NULL OR t.submitted_by = :owner)
                  -- an expired group may be partly deleted
                  AND NOT EXISTS (SELECT FROM tombstone WHERE id = :id)
                ORDER BY t.id
                """)
        .bind("id", id)
        .bind("owner", Visible.owner())
        .bind("counted", COUNTED_POSITIONS)
        .map(RecordMapper.of(Task.class))
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
   * A task to insert.
   *
   * @param retryOf the task that this one retries; null if none
   * @param groupId the group that it belongs to; null if none
   * @param requestId the id of the request that submitted it; null if unknown
   * @param submittedBy the user who submitted it; null if unknown
   * @param auditedAs the code of the event that the insert writes to the audit log; null if it
   *     writes none
   * @param senderName the username of that user; null if unknown
   * @param address the network address of the client; null if unknown
   */
  @Serdeable
  public record Insertion(
      UUID id,
      String task,
      JsonNode parameters,
      int priority,
      @Nullable Instant eta,
      @Nullable UUID retryOf,
      @Nullable UUID groupId,
      @Nullable String requestId,
      @Nullable String submittedBy,
      @Nullable String auditedAs,
      @Nullable String senderName,
      @Nullable String address) {

    /** An insertion that has the id and the sender of the current request. */
    public static Insertion of(
        UUID id, NewTask task, @Nullable UUID retryOf, @Nullable UUID groupId) {
      return of(
          id, task, retryOf, groupId, retryOf == null ? TaskType.SUBMITTED : TaskType.RETRIED);
    }

    static Insertion of(
        UUID id, NewTask task, @Nullable UUID retryOf, @Nullable UUID groupId, String auditedAs) {
      Sender sender = Sender.current();
      return new Insertion(
          id,
          task.task(),
          task.parameters(),
          task.priorityOrDefault(),
          task.eta(),
          retryOf,
          groupId,
          sender.requestId(),
          Visible.sender().orElse(null),
          auditedAs,
          sender.whoName(),
          sender.address());
    }
  }

  /**
   * A task that was inserted.
   *
   * @param task without its queue position
   * @param due whether it can be dispatched now
   * @param dispatchNo 1 if it was marked as dispatched, else 0
   */
  public record Inserted(@Nested Task task, boolean due, int dispatchNo) {}

  /**
   * Inserts PENDING tasks and their first events. The commit of this insert is the acceptance.
   *
   * @param room how many of the tasks that are due are marked as dispatched, the most urgent first;
   *     none if another task that is due goes first
   * @return the tasks that were inserted, in no particular order. A task is not inserted if the
   *     same thing may be done only once and another task does or did it.
   */
  public List<Inserted> insert(Handle handle, List<Insertion> tasks, int room) {
    List<Inserted> inserted =
        handle
            .createQuery(INSERT)
            .bind("items", JsonParameter.of(json, tasks))
            .bind("maxAttempts", configuration.maxAttempts())
            .bind("room", room)
            .map(RecordMapper.of(Inserted.class))
            .list();
    AfterCommit.run(handle, () -> inserted.forEach(each -> hints.publish(Hint.of(each.task()))));
    return inserted;
  }
}
