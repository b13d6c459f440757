package io.tallyman.billing.attempt;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.attempt.AttemptBatchController.ClaimsRequest;
import io.tallyman.billing.attempt.Attempts.AttemptState;
import io.tallyman.billing.dispatch.Dispatcher;
import io.tallyman.billing.sheet.WrittenSheet;
import io.tallyman.billing.state.KnownTasks;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.state.TaskTransitions.ClaimedTask;
import io.tallyman.billing.state.TaskTransitions.TransitionedTask;
import io.tallyman.billing.state.UnknownTaskId;
import io.tallyman.billing.store.SheetStore;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.batch.GroupCommit;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Begins attempts: workers claim the tasks that were dispatched to them. Claims that arrive at the
 * same time share a statement.
 */
@Singleton
class Claims {
  private static final int MOST_AT_ONCE = 200;
  private static final int MOST_WAITING = 5_000;

  private final Jdbi jdbi;
  private final TaskTransitions transitions;
  private final TaskTypes types;
  private final TaskConfiguration configuration;
  private final SheetStore store;
  private final Dispatcher dispatcher;
  private final KnownTasks known;
  private final GroupCommit<ClaimedTask, Claimed> group;

  Claims(
      @Named("attempts") Jdbi jdbi,
      TaskTransitions transitions,
      TaskTypes types,
      TaskConfiguration configuration,
      SheetStore store,
      Dispatcher dispatcher,
      KnownTasks known) {
    this.jdbi = jdbi;
    this.transitions = transitions;
    this.types = types;
    this.configuration = configuration;
    this.store = store;
    this.dispatcher = dispatcher;
    this.known = known;
    this.group = new GroupCommit<>(this::commit, ClaimedTask::id, MOST_AT_ONCE, MOST_WAITING);
  }

  /**
   * Begins an attempt. A repeated claim with the same claim id returns the attempt that the first
   * one began.
   *
   * @throws UnknownTaskId if no task has the id
   * @throws ClaimRefused if the task has ended, another worker holds it, it is not due, or it was
   *     dispatched again
   */
  Claimed claim(UUID id, Claim claim) {
    return group.commit(new ClaimedTask(id, claim.claimId(), claim.workerId(), claim.dispatchNo()));
  }

  /**
   * Does the same for many tasks. Each result returns what {@link #claim} returns, or throws what
   * it throws.
   */
  List<Supplier<Claimed>> claim(ClaimsRequest batch) {
    return group.commit(
        batch.claims().stream()
            .map(
                item ->
                    new ClaimedTask(
                        item.taskId(), item.claimId(), batch.workerId(), item.dispatchNo()))
            .toList());
  }

  private List<Supplier<Claimed>> commit(List<ClaimedTask> claims) {
    return jdbi.withHandle(
        handle -> {
          // One statement needs no transaction around it.
          Map<UUID, TransitionedTask> moved =
              transitions.claim(handle, claims).stream()
                  .collect(Collectors.toMap(TransitionedTask::id, Function.identity()));
          dispatcher.claimed(moved.size());
          moved.values().forEach(claimed -> known.add(claimed.task()));
          List<UUID> others =
              claims.stream().map(ClaimedTask::id).filter(id -> !moved.containsKey(id)).toList();
          Map<UUID, AttemptState> states = Attempts.states(handle, others);
          return claims.stream().map(claim -> result(claim, moved, states)).toList();
        });
  }

  /** The result looks for files, so it is made on the thread that asked for it. */
  private Supplier<Claimed> result(
      ClaimedTask claim, Map<UUID, TransitionedTask> moved, Map<UUID, AttemptState> states) {
    UUID id = claim.id();
    TransitionedTask begun = moved.get(id);
    if (begun == null) {
      return () -> claimedBefore(claim, states.get(id));
    }
    Task task = begun.task();
    return () -> claimed(id, task.attempt(), task.task(), task.parameters(), begun.requestId());
  }

  private Claimed claimedBefore(ClaimedTask claim, @Nullable AttemptState state) {
    if (state == null) {
      throw new UnknownTaskId(claim.id());
    }
    if (state.status() == TaskStatus.STARTED && claim.claimId().equals(state.claimId())) {
      return claimed(
          claim.id(), state.attempt(), state.task(), state.parameters(), state.requestId());
    }
    throw new ClaimRefused(
        "The task is " + state.status() + "; it cannot be claimed with this dispatch.");
  }

  private Claimed claimed(
      UUID id, int attempt, String task, JsonNode parameters, @Nullable String requestId) {
    boolean reads = types.find(task).map(TaskType::readsUpload).orElse(false);
    return new Claimed(
        id,
        attempt,
        task,
        parameters,
        configuration.lease().toMillis(),
        configuration.heartbeat().toMillis(),
        StoreNames.sheet(id, attempt),
        WrittenSheet.MOST_INLINE,
        reads ? locateUpload(id) : null,
        null,
        requestId);
  }

  private String locateUpload(UUID id) {
    try {
      return store.locate(StoreNames.upload(id));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
