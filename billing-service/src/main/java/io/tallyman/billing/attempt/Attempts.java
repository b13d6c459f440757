package io.tallyman.billing.attempt;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.dispatch.Dispatcher;
import io.tallyman.billing.state.Progress;
import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.state.TaskTransitions.TransitionedTask;
import io.tallyman.billing.state.Transition;
import io.tallyman.billing.state.UnknownTaskId;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts that did not finish their work; {@link Claims} begins attempts, and {@link
 * Heartbeats} keeps them live. An attempt is live while its task is STARTED and its number is the
 * task's latest. A report about an attempt that is not live changes nothing.
 */
@Singleton
public final class Attempts {
  private static final String STATE =
      """
      SELECT id, task, parameters, status, attempt, claim_id, error,
        result IS NOT NULL AS completed, request_id
      FROM task
      """;

  private final Jdbi jdbi;
  private final TaskTransitions transitions;
  private final Dispatcher dispatcher;

  Attempts(@Named("attempts") Jdbi jdbi, TaskTransitions transitions, Dispatcher dispatcher) {
    this.jdbi = jdbi;
    this.transitions = transitions;
    this.dispatcher = dispatcher;
  }

  /**
   * The state of a task from which it follows whether an attempt is live.
   *
   * @param completed whether the last attempt finished its work and so ended the task
   * @param requestId the id of the request that submitted the task; null if unknown
   */
  public record AttemptState(
      UUID id,
      String task,
      JsonNode parameters,
      TaskStatus status,
      int attempt,
      @Nullable UUID claimId,
      @Nullable JsonNode error,
      boolean completed,
      @Nullable String requestId) {

    boolean isLive(int number) {
      return status == TaskStatus.STARTED && attempt == number;
    }

    /** Whether the attempt has ended the task by finishing its work. */
    boolean hasWon(int number) {
      return completed && attempt == number;
    }

    @Nullable String errorSlug() {
      JsonNode type = error == null ? null : error.get("type");
      String text = type == null ? "" : type.getStringValue();
      return text.substring(text.lastIndexOf(':') + 1);
    }
  }

  /**
   * Postpones the task of a failed attempt, or fails it if no attempt is left.
   *
   * @param outage whether a service or store that the task needs was unavailable
   * @throws NotLive if the attempt is not live any more
   */
  void retry(UUID id, int attempt, TaskError error, boolean outage) {
    end(
        id,
        attempt,
        Set.of(Transition.POSTPONE, Transition.FAIL),
        error.slug(),
        tx ->
            outage
                ? transitions.postponeInOutage(tx, id, attempt, error)
                : transitions.postponeOrFail(tx, id, attempt, error));
    dispatcher.wake();
  }

  /**
   * @param progress the attempt's last progress; null keeps the progress of its heartbeats
   * @throws NotLive if the attempt is not live any more
   */
  void giveUp(UUID id, int attempt, TaskError error, @Nullable Progress progress) {
    end(
        id,
        attempt,
        Set.of(Transition.FAIL),
        error.slug(),
        tx -> transitions.fail(tx, id, attempt, error, progress));
  }

  /**
   * @throws NotLive if the attempt is not live any more
   */
  void release(UUID id, int attempt) {
    end(
        id,
        attempt,
        Set.of(Transition.RELEASE),
        TaskTransitions.RELEASED,
        tx -> transitions.release(tx, id, attempt));
    dispatcher.wake();
  }

  /**
   * Checks that an attempt is live, so that it may still write.
   *
   * @throws NotLive if the attempt is not live
   */
  public void requireLive(UUID id, int attempt) {
    AttemptState state = jdbi.withHandle(handle -> state(handle, id));
    if (!state.isLive(attempt)) {
      throw new NotLive(id, attempt, state.status());
    }
  }

  /**
   * @throws UnknownTaskId if no task has the id
   */
  static AttemptState state(Handle handle, UUID id) {
    return handle
        .createQuery(STATE + "WHERE id = :id")
        .bind("id", id)
        .map(RecordMapper.of(AttemptState.class))
        .findOne()
        .orElseThrow(() -> new UnknownTaskId(id));
  }

  /** The states of the tasks that exist among the ids. */
  static Map<UUID, AttemptState> states(Handle handle, List<UUID> ids) {
    return ids.isEmpty() ? Map.of() : states(handle, ids, "");
  }

  /** Like {@link #states}, and locks the tasks in the order of their ids. */
  static Map<UUID, AttemptState> lock(Handle transaction, List<UUID> ids) {
    return states(transaction, ids, "ORDER BY id FOR NO KEY UPDATE");
  }

  private static Map<UUID, AttemptState> states(Handle handle, List<UUID> ids, String locking) {
    return handle
        .createQuery(STATE + "WHERE id = ANY(:ids) <locking>")
        .define("locking", locking)
        .bindArray("ids", UUID.class, ids)
        .map(RecordMapper.of(AttemptState.class))
        .collect(Collectors.toMap(AttemptState::id, Function.identity()));
  }

  /**
   * Ends an attempt by one of the given moves. A repeated call succeeds if the first one made the
   * move for the same reason. If the attempt ended in another way meanwhile, the call fails.
   *
   * @throws NotLive if the attempt is not live and did not end by this move
   */
  private void end(
      UUID id, int attempt, Set<Transition> any, String reason, EndingTransition transition) {
    jdbi.useTransaction(
        transaction -> {
          if (transition.make(transaction).isPresent()) {
            return;
          }
          AttemptState state = state(transaction, id);
          boolean endedBefore =
              state.attempt() == attempt
                  && state.status() != TaskStatus.REVOKED
                  && hasEnded(transaction, id, attempt, any, reason);
          if (!endedBefore) {
            throw new NotLive(id, attempt, state.status());
          }
        });
  }

  private static boolean hasEnded(
      Handle handle, UUID id, int attempt, Set<Transition> by, String reason) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (
              SELECT FROM task_event
              WHERE task_id = :id AND attempt = :attempt AND status = ANY(:to) AND reason = :reason)
            """)
        .bind("id", id)
        .bind("attempt", attempt)
        .bindArray(
            "to", String.class, by.stream().map(transition -> transition.to().name()).toList())
        .bind("reason", reason)
        .mapTo(Boolean.class)
        .one();
  }

  private interface EndingTransition {
    Optional<TransitionedTask> make(Handle transaction);
  }
}
