package io.tallyman.billing.task;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.task.AttemptController.Claim;
import io.tallyman.billing.task.amqp.EventsExchange;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the status of tasks. Each {@link Move} is one compare-and-set that also writes the task's
 * next event. Each method returns the moved task; it returns empty, and changes nothing, if the
 * task's status does not allow the move or the fence does not match the caller's attempt.
 */
@Singleton
final class TaskMoves {
  private static final Logger LOG = LoggerFactory.getLogger(TaskMoves.class);

  /** The {@code reason} in the event of {@link Move#RELEASE}. */
  static final String RELEASED = "released";

  private static final String COMPARE_AND_SET =
      """
      WITH moved AS (
        UPDATE task
        SET status = :to, event_seq = event_seq + 1, updated_at = clock_timestamp(), <changes>
        WHERE id = :id AND status = ANY(:from) AND <fence>
        RETURNING *
      ), told AS (
        INSERT INTO task_event (task_id, seq, at, status, attempt, worker_id, reason)
        SELECT id, event_seq, updated_at, status, attempt, worker_id, :reason FROM moved
      )
      SELECT id, task, parameters, status, attempt, worker_id, event_seq, request_id FROM moved
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
   * Clears {@code dispatched_at} of a task that ends unclaimed: {@link LostOffers} must not take it
   * as a claim of a later dispatch.
   */
  private static final String NOT_CLAIMED =
      "dispatched_at = CASE status WHEN 'STARTED' THEN dispatched_at END";

  private final TaskConfiguration configuration;
  private final Backoff backoff;
  private final JsonMapper json;
  private final EventsExchange events;

  TaskMoves(
      TaskConfiguration configuration, Backoff backoff, JsonMapper json, EventsExchange events) {
    this.configuration = configuration;
    this.backoff = backoff;
    this.json = json;
    this.events = events;
  }

  /** A task as it is right after a move. */
  public record Moved(
      UUID id,
      String task,
      JsonNode parameters,
      TaskStatus status,
      int attempt,
      @Nullable String workerId,
      int eventSeq,
      @Nullable String requestId) {}

  Optional<Moved> claim(Handle tx, UUID id, Claim claim) {
    return move(
        tx,
        Move.CLAIM,
        id,
        null,
        """
        attempt = attempt + 1, claim_id = :claimId, worker_id = :workerId,
        started_at = coalesce(started_at, now()), attempt_started_at = now(),
        lease_until = now() + :lease, progressed_at = now(),
        phase = NULL, unit = NULL, done = NULL, total = NULL, unclaimed_dispatches = 0
        """,
        "dispatch_no = :dispatchNo AND due_at <= now()",
        Map.of(
            "claimId", claim.claimId(),
            "workerId", claim.workerId(),
            "dispatchNo", claim.dispatchNo(),
            "lease", configuration.lease()));
  }

  /**
   * @param progress the attempt's last progress; null keeps the progress of its heartbeats
   */
  Optional<Moved> succeed(
      Handle tx, UUID id, int attempt, JsonNode result, @Nullable Progress progress) {
    return move(
        tx,
        Move.SUCCEED,
        id,
        null,
        "result = :result, error = NULL, " + LAST_PROGRESS + END,
        LIVE,
        with(progress, Map.of("attempt", attempt, "result", result, "retention", retention())));
  }

  /**
   * Ends a live attempt that failed. If attempts are left, the task goes to RETRY; else it fails.
   */
  Optional<Moved> postponeOrFail(Handle tx, UUID id, int attempt, TaskError error) {
    return postponeOrFail(tx, id, attempt, error, "TRUE");
  }

  /**
   * Like {@link #postponeOrFail}, but uses up no attempt within {@code outage-patience} after the
   * task's first start.
   */
  Optional<Moved> postponeInOutage(Handle tx, UUID id, int attempt, TaskError error) {
    return move(
            tx,
            Move.POSTPONE,
            id,
            error.slug(),
            POSTPONED + ", max_attempts = max_attempts + 1",
            LIVE + " AND now() < started_at + :patience",
            Map.of(
                "attempt", attempt,
                "error", tree(error),
                "pause", backoff.before(attempt + 1),
                "patience", configuration.outagePatience()))
        .or(() -> postponeOrFail(tx, id, attempt, error));
  }

  /**
   * Like {@link #postponeOrFail}, but only if the lease is still expired: a late heartbeat may have
   * renewed it.
   */
  Optional<Moved> expire(Handle tx, UUID id, int attempt, TaskError error) {
    return postponeOrFail(tx, id, attempt, error, "lease_until < now()");
  }

  Optional<Moved> fail(Handle tx, UUID id, int attempt, TaskError error) {
    return fail(tx, id, attempt, error, "TRUE");
  }

  /**
   * Ends a live attempt that finished its work but makes the task fail. The result is stored too.
   */
  Optional<Moved> fail(
      Handle tx,
      UUID id,
      int attempt,
      TaskError error,
      JsonNode result,
      @Nullable Progress progress) {
    return move(
        tx,
        Move.FAIL,
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
                tree(error),
                "retention",
                retention())));
  }

  Optional<Moved> release(Handle tx, UUID id, int attempt) {
    return move(
        tx,
        Move.RELEASE,
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

  Optional<Moved> abandon(Handle tx, UUID id, int dispatchNo, TaskError error) {
    return move(
        tx,
        Move.ABANDON,
        id,
        error.slug(),
        NOT_CLAIMED + ", error = :error, " + END,
        "dispatch_no = :dispatchNo",
        Map.of("dispatchNo", dispatchNo, "error", tree(error), "retention", retention()));
  }

  Optional<Moved> cancel(Handle tx, UUID id) {
    return move(
        tx,
        Move.CANCEL,
        id,
        "cancelled",
        NOT_CLAIMED + ", " + END,
        "TRUE",
        Map.of("retention", retention()));
  }

  private Optional<Moved> postponeOrFail(
      Handle tx, UUID id, int attempt, TaskError error, String fence) {
    return move(
            tx,
            Move.POSTPONE,
            id,
            error.slug(),
            POSTPONED,
            LIVE + " AND attempt < max_attempts AND " + fence,
            Map.of("attempt", attempt, "error", tree(error), "pause", backoff.before(attempt + 1)))
        .or(() -> fail(tx, id, attempt, error, fence));
  }

  private Optional<Moved> fail(Handle tx, UUID id, int attempt, TaskError error, String fence) {
    return move(
        tx,
        Move.FAIL,
        id,
        error.slug(),
        "error = :error, " + END,
        LIVE + " AND " + fence,
        Map.of("attempt", attempt, "error", tree(error), "retention", retention()));
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

  private JsonNode tree(TaskError error) {
    try {
      return json.writeValueToTree(error);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Optional<Moved> move(
      Handle tx,
      Move move,
      UUID id,
      @Nullable String reason,
      String changes,
      String fence,
      Map<String, ? extends @Nullable Object> values) {
    Optional<Moved> moved =
        tx.createQuery(COMPARE_AND_SET)
            .define("changes", changes)
            .define("fence", fence)
            .bind("id", id)
            .bind("to", move.to().name())
            .bindArray("from", String.class, move.from().stream().map(Enum::name).toList())
            .bind("reason", reason)
            .bindMap(values)
            .map(ConstructorMapper.of(Moved.class))
            .findOne();
    moved.ifPresent(task -> tx.afterCommit(() -> tell(task, reason)));
    return moved;
  }

  private void tell(Moved task, @Nullable String reason) {
    log(task, reason);
    events.tell(new Hint(task.id(), task.eventSeq()));
  }

  private static void log(Moved task, @Nullable String reason) {
    LOG.info(
        "Task {} {} is {} (attempt {}, worker {}){}",
        task.id(),
        task.task(),
        task.status(),
        task.attempt(),
        task.workerId(),
        reason == null ? "" : ": " + reason);
  }
}
