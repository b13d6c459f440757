package io.tallyman.billing.state;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.database.AfterCommit;
import io.tallyman.billing.database.JsonParameter;
import io.tallyman.kit.database.RecordMapper;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the status of tasks. Each {@link Transition} is one compare-and-set that also writes the
 * task's next event. Each method returns the moved task. It returns empty, and changes nothing, if
 * the task's status does not allow the move or the caller's attempt is not the task's last one.
 */
@Singleton
public final class TaskTransitions {
  private static final Logger LOG = LoggerFactory.getLogger(TaskTransitions.class);

  /** The {@code reason} in the event of {@link Transition#RELEASE}. */
  public static final String RELEASED = "released";

  private static final String CANCELLED = "cancelled";

  /**
   * {@code IS TRUE} keeps PostgreSQL from looking for the tasks by their status: it would read all
   * that wait, and those that waited before.
   */
  private static final String COMPARE_AND_SET =
      """
      WITH <locked> moved AS (
        UPDATE task
        SET status = :to, event_seq = event_seq + 1, updated_at = clock_timestamp(), <changes>
        <with>
        WHERE <which> AND (status = ANY(:from)) IS TRUE AND <fence>
        RETURNING task.*
      ), told AS (
        INSERT INTO task_event (task_id, seq, at, status, attempt, worker_id, reason)
        SELECT id, event_seq, updated_at, status, attempt, worker_id, :reason FROM moved
      ), lost AS (
        INSERT INTO unneeded_sheet (task_id, attempt)
        SELECT id, attempt FROM moved
        WHERE status <> 'STARTED' AND result IS NULL AND attempt > 0
        ON CONFLICT DO NOTHING
      )<also>
      SELECT *, NULL::integer AS queue_position FROM moved
      """;

  /**
   * Locks the tasks in the order of their ids, as every statement that changes many does. So two
   * statements never wait for each other. {@code FOR NO KEY UPDATE} does not wait for a foreign key
   * that an open import checks.
   */
  private static final String LOCKED =
      """
      locked AS (
        SELECT item.*
        FROM jsonb_to_recordset(:items) AS item (<columns>) JOIN task USING (id)
        ORDER BY id
        FOR NO KEY UPDATE OF task
      ),
      """;

  private static final String LIVE = "attempt = :attempt";
  private static final String POSTPONED =
      "error = :error, due_at = now() + :pause, dispatched_at = NULL, lease_until = NULL";
  private static final String END =
      "date_done = clock_timestamp(), expires_at = now() + :retention, lease_until = NULL";

  /** Stores the progress that came with the outcome: a task may end before its first heartbeat. */
  private static final String LAST_PROGRESS =
      """
      phase = coalesce(:phase, phase), unit = coalesce(:unit, unit),
      done = greatest(done, :done), total = coalesce(:total, total),\s
      """;

  /**
   * Clears {@code dispatched_at} of a task that ends unclaimed: {@code LostDispatches} must not
   * take it as a claim of a later dispatch.
   */
  private static final String NOT_CLAIMED =
      "dispatched_at = CASE status WHEN 'STARTED' THEN dispatched_at END";

  private final TaskConfiguration configuration;
  private final Backoff backoff;
  private final JsonMapper json;
  private final Hints hints;

  TaskTransitions(TaskConfiguration configuration, Backoff backoff, JsonMapper json, Hints hints) {
    this.configuration = configuration;
    this.backoff = backoff;
    this.json = json;
    this.hints = hints;
  }

  /**
   * A task as it is right after a move.
   *
   * @param task without its queue position
   * @param workerId the worker of its last attempt; null before the first
   * @param requestId the id of the request that submitted it; null if unknown
   */
  public record TransitionedTask(
      @Nested Task task, @Nullable String workerId, @Nullable String requestId) {

    public UUID id() {
      return task.taskId();
    }
  }

  /**
   * A claim of a task.
   *
   * @param claimId of the claim that the attempt begins with
   * @param dispatchNo of the message that led to the claim
   */
  @Serdeable
  public record ClaimedTask(UUID id, UUID claimId, String workerId, int dispatchNo) {}

  /** Returns the moved tasks, in no particular order. At most one item is for the same task. */
  public List<TransitionedTask> claim(Handle tx, List<ClaimedTask> tasks) {
    return changeAll(
        tx,
        Transition.CLAIM,
        null,
        tasks,
        "id uuid, claim_id uuid, worker_id text, dispatch_no integer",
        """
        attempt = attempt + 1, claim_id = item.claim_id, worker_id = item.worker_id,
        started_at = coalesce(started_at, now()), attempt_started_at = now(),
        lease_until = now() + :lease, progressed_at = now(),
        phase = NULL, unit = NULL, done = NULL, total = NULL, unclaimed_dispatches = 0
        """,
        "task.dispatch_no = item.dispatch_no AND due_at <= now()",
        Map.of("lease", configuration.lease()));
  }

  /**
   * A task whose live attempt is done.
   *
   * @param number the number of the attempt
   * @param phase of the attempt's last progress; if it is null, the progress of its heartbeats is
   *     kept
   */
  @Serdeable
  public record SucceededTask(
      UUID id,
      int number,
      JsonNode result,
      @Nullable String phase,
      @Nullable String unit,
      @Nullable Long done,
      @Nullable Long total) {

    /**
     * @param progress the attempt's last progress; null keeps the progress of its heartbeats
     */
    public static SucceededTask of(
        UUID id, int attempt, JsonNode result, @Nullable Progress progress) {
      return progress == null
          ? new SucceededTask(id, attempt, result, null, null, null, null)
          : new SucceededTask(
              id,
              attempt,
              result,
              progress.phase(),
              progress.unit(),
              progress.done(),
              progress.total());
    }
  }

  /**
   * What the statement that moves tasks does besides.
   *
   * @param insert an INSERT, which may read the moved rows from {@code moved}; null if nothing
   * @param values its named parameters
   */
  public record Also(@Nullable String insert, Map<String, ?> values) {
    public static final Also NOTHING = new Also(null, Map.of());
  }

  /** Returns the moved tasks, in no particular order. At most one item is for the same task. */
  public List<TransitionedTask> succeed(Handle tx, List<SucceededTask> tasks, Also also) {
    Map<String, Object> values = new HashMap<>(also.values());
    values.put("retention", retention());
    return changeAll(
        tx,
        Transition.SUCCEED,
        null,
        tasks,
        "id uuid, number integer, result jsonb, phase text, unit text, done bigint, total bigint",
        """
        result = item.result, error = NULL,
        phase = coalesce(item.phase, task.phase), unit = coalesce(item.unit, task.unit),
        done = greatest(task.done, item.done), total = coalesce(item.total, task.total),\s
        """
            + END,
        "attempt = item.number",
        values,
        also.insert());
  }

  /**
   * Ends a live attempt that failed. If attempts are left, the task goes to RETRY; else it fails.
   */
  public Optional<TransitionedTask> postponeOrFail(
      Handle tx, UUID id, int attempt, TaskError error) {
    return postponeOrFail(tx, id, attempt, error, "TRUE");
  }

  /**
   * Like {@link #postponeOrFail}, but uses up no attempt within {@code outage-patience} after the
   * task's first start.
   */
  public Optional<TransitionedTask> postponeInOutage(
      Handle tx, UUID id, int attempt, TaskError error) {
    return change(
            tx,
            Transition.POSTPONE,
            id,
            error.slug(),
            POSTPONED + ", max_attempts = max_attempts + 1",
            LIVE + " AND now() < started_at + :patience",
            Map.of(
                "attempt", attempt,
                "error", JsonParameter.of(json, error),
                "pause", backoff.before(attempt + 1),
                "patience", configuration.outagePatience()))
        .or(() -> postponeOrFail(tx, id, attempt, error));
  }

  /**
   * Like {@link #postponeOrFail}, but only if the lease is still expired: a late heartbeat may have
   * renewed it.
   */
  public Optional<TransitionedTask> expire(Handle tx, UUID id, int attempt, TaskError error) {
    return postponeOrFail(tx, id, attempt, error, "lease_until < now()");
  }

  public Optional<TransitionedTask> fail(Handle tx, UUID id, int attempt, TaskError error) {
    return fail(tx, id, attempt, error, "TRUE");
  }

  /**
   * @param progress the attempt's last progress; null keeps the progress of its heartbeats
   */
  public Optional<TransitionedTask> fail(
      Handle tx, UUID id, int attempt, TaskError error, @Nullable Progress progress) {
    return change(
        tx,
        Transition.FAIL,
        id,
        error.slug(),
        "error = :error, " + LAST_PROGRESS + END,
        LIVE,
        with(
            progress,
            Map.of(
                "attempt",
                attempt,
                "error",
                JsonParameter.of(json, error),
                "retention",
                retention())));
  }

  /**
   * Ends a live attempt that finished its work but makes the task fail. The result is stored too.
   */
  public Optional<TransitionedTask> fail(
      Handle tx,
      UUID id,
      int attempt,
      TaskError error,
      JsonNode result,
      @Nullable Progress progress) {
    return change(
        tx,
        Transition.FAIL,
        id,
        error.slug(),
        "result = :result, error = :error, " + LAST_PROGRESS + END,
        LIVE,
        with(
            progress,
            Map.of(
                "attempt",
                attempt,
                "result",
                result,
                "error",
                JsonParameter.of(json, error),
                "retention",
                retention())));
  }

  public Optional<TransitionedTask> release(Handle tx, UUID id, int attempt) {
    return change(
        tx,
        Transition.RELEASE,
        id,
        RELEASED,
        """
        due_at = now(), dispatched_at = NULL, lease_until = NULL,
        -- keeps the number of attempts that are left
        max_attempts = max_attempts + 1
        """,
        LIVE,
        Map.of("attempt", attempt));
  }

  public Optional<TransitionedTask> abandon(Handle tx, UUID id, int dispatchNo, TaskError error) {
    return change(
        tx,
        Transition.ABANDON,
        id,
        error.slug(),
        NOT_CLAIMED + ", error = :error, " + END,
        "dispatch_no = :dispatchNo",
        Map.of(
            "dispatchNo",
            dispatchNo,
            "error",
            JsonParameter.of(json, error),
            "retention",
            retention()));
  }

  public Optional<TransitionedTask> cancel(Handle tx, UUID id) {
    return change(
        tx,
        Transition.CANCEL,
        id,
        CANCELLED,
        NOT_CLAIMED + ", " + END,
        "TRUE",
        Map.of("retention", retention()));
  }

  @Serdeable
  record CancelledTask(UUID id) {}

  /** Returns the moved tasks, in no particular order. */
  public List<TransitionedTask> cancelAll(Handle tx, List<UUID> ids) {
    return changeAll(
        tx,
        Transition.CANCEL,
        CANCELLED,
        ids.stream().map(CancelledTask::new).toList(),
        "id uuid",
        NOT_CLAIMED + ", " + END,
        "TRUE",
        Map.of("retention", retention()));
  }

  private Optional<TransitionedTask> postponeOrFail(
      Handle tx, UUID id, int attempt, TaskError error, String fence) {
    return change(
            tx,
            Transition.POSTPONE,
            id,
            error.slug(),
            POSTPONED,
            LIVE + " AND attempt < max_attempts AND " + fence,
            Map.of(
                "attempt",
                attempt,
                "error",
                JsonParameter.of(json, error),
                "pause",
                backoff.before(attempt + 1)))
        .or(() -> fail(tx, id, attempt, error, fence));
  }

  private Optional<TransitionedTask> fail(
      Handle tx, UUID id, int attempt, TaskError error, String fence) {
    return change(
        tx,
        Transition.FAIL,
        id,
        error.slug(),
        "error = :error, " + END,
        LIVE + " AND " + fence,
        Map.of(
            "attempt", attempt, "error", JsonParameter.of(json, error), "retention", retention()));
  }

  private Duration retention() {
    return configuration.retention();
  }

  private static Map<String, @Nullable Object> with(
      @Nullable Progress progress, Map<String, ?> values) {
    Map<String, @Nullable Object> all = new HashMap<>(values);
    all.put("phase", progress == null ? null : progress.phase());
    all.put("unit", progress == null ? null : progress.unit());
    all.put("done", progress == null ? null : progress.done());
    all.put("total", progress == null ? null : progress.total());
    return all;
  }

  private Optional<TransitionedTask> change(
      Handle tx,
      Transition transition,
      UUID id,
      @Nullable String reason,
      String changes,
      String fence,
      Map<String, ? extends @Nullable Object> values) {
    Optional<TransitionedTask> moved =
        moving(tx, transition, reason, values)
            .define("locked", "")
            .define("with", "")
            .define("which", "id = :id")
            .define("changes", changes)
            .define("fence", fence)
            .define("also", "")
            .bind("id", id)
            .map(RecordMapper.of(TransitionedTask.class))
            .findOne();
    tellAfterCommit(tx, moved.stream().toList(), reason);
    return moved;
  }

  private List<TransitionedTask> changeAll(
      Handle tx,
      Transition transition,
      @Nullable String reason,
      List<?> items,
      String columns,
      String changes,
      String fence,
      Map<String, ?> values) {
    return changeAll(tx, transition, reason, items, columns, changes, fence, values, null);
  }

  private List<TransitionedTask> changeAll(
      Handle tx,
      Transition transition,
      @Nullable String reason,
      List<?> items,
      String columns,
      String changes,
      String fence,
      Map<String, ?> values,
      @Nullable String insert) {
    if (items.isEmpty()) {
      return List.of();
    }
    List<TransitionedTask> moved =
        moving(tx, transition, reason, values)
            .define("locked", LOCKED.replace("<columns>", columns))
            .define("with", "FROM locked AS item")
            .define("which", "task.id = item.id")
            .define("changes", changes)
            .define("fence", fence)
            .define("also", insert == null ? "" : ", also AS (" + insert + ")")
            .bind("items", JsonParameter.of(json, items))
            .map(RecordMapper.of(TransitionedTask.class))
            .list();
    tellAfterCommit(tx, moved, reason);
    return moved;
  }

  private static Query moving(
      Handle tx,
      Transition transition,
      @Nullable String reason,
      Map<String, ? extends @Nullable Object> values) {
    return tx.createQuery(COMPARE_AND_SET)
        .bind("to", transition.to().name())
        .bindArray("from", String.class, transition.from().stream().map(Enum::name).toList())
        .bind("reason", reason)
        .bindMap(values);
  }

  private void tellAfterCommit(Handle tx, List<TransitionedTask> moved, @Nullable String reason) {
    if (!moved.isEmpty()) {
      AfterCommit.run(tx, () -> moved.forEach(task -> tell(task, reason)));
    }
  }

  private void tell(TransitionedTask moved, @Nullable String reason) {
    RequestId.as(
        RequestId.current().or(() -> Optional.ofNullable(moved.requestId())).orElse(null),
        () -> log(moved.task(), moved.workerId(), reason));
    hints.publish(Hint.of(moved.task()));
  }

  /** One line for the end of each task, and one for whatever delays a task. */
  private static void log(Task task, @Nullable String workerId, @Nullable String reason) {
    if (task.dateDone() != null) {
      LOG.info(
          "Task {} {} is {} after {} attempts ({} ms until the first began, {} ms in total, worker"
              + " {}){}",
          task.taskId(),
          task.task(),
          task.status(),
          task.attempt(),
          millis(task.createdAt(), task.startedAt()),
          millis(task.createdAt(), task.dateDone()),
          workerId,
          suffix(reason));
    } else if (task.status() != TaskStatus.STARTED) {
      LOG.info(
          "Task {} {} is {} (attempt {}, worker {}){}",
          task.taskId(),
          task.task(),
          task.status(),
          task.attempt(),
          workerId,
          suffix(reason));
    }
  }

  private static @Nullable Long millis(Instant from, @Nullable Instant to) {
    return to == null ? null : Duration.between(from, to).toMillis();
  }

  private static String suffix(@Nullable String reason) {
    return reason == null ? "" : ": " + reason;
  }
}
