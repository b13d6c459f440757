package io.tallyman.billing.attempt;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.attempt.Attempts.AttemptState;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.state.UnknownTaskId;
import io.tallyman.billing.store.SheetStore;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.tasktype.TaskTypes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Begins attempts: workers claim the tasks that were dispatched to them. */
@Singleton
class Claims {
  private final Jdbi jdbi;
  private final TaskTransitions transitions;
  private final TaskTypes types;
  private final TaskConfiguration configuration;
  private final SheetStore store;

  Claims(
      @Named("attempts") Jdbi jdbi,
      TaskTransitions transitions,
      TaskTypes types,
      TaskConfiguration configuration,
      SheetStore store) {
    this.jdbi = jdbi;
    this.transitions = transitions;
    this.types = types;
    this.configuration = configuration;
    this.store = store;
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
    return jdbi.inTransaction(
        transaction ->
            transitions
                .claim(transaction, id, claim.claimId(), claim.workerId(), claim.dispatchNo())
                .map(
                    moved ->
                        claimed(
                            id,
                            moved.attempt(),
                            moved.task(),
                            moved.parameters(),
                            moved.requestId()))
                .orElseGet(() -> claimedBefore(transaction, id, claim)));
  }

  private Claimed claimedBefore(Handle handle, UUID id, Claim claim) {
    AttemptState state = Attempts.state(handle, id);
    if (state.status() == TaskStatus.STARTED && claim.claimId().equals(state.claimId())) {
      return claimed(id, state.attempt(), state.task(), state.parameters(), state.requestId());
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
        reads ? locateUpload(id) : null,
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
