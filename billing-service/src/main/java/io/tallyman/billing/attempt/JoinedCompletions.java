package io.tallyman.billing.attempt;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.attempt.Attempts.AttemptState;
import io.tallyman.billing.sheet.Sheets;
import io.tallyman.billing.sheet.Sheets.StoredSheet;
import io.tallyman.billing.state.KnownTasks;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.state.TaskTransitions.SucceededTask;
import io.tallyman.billing.state.TaskTransitions.TransitionedTask;
import io.tallyman.billing.state.UnknownTaskId;
import io.tallyman.billing.tasktype.Completion;
import io.tallyman.billing.tasktype.TaskResult;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.batch.GroupCommit;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends tasks whose attempts are done. Outcomes that arrive at the same time share a statement,
 * which ends the tasks and adds the manifests. It needs the types and parameters of the tasks. The
 * outcomes of tasks that this instance does not know, and of those that the statement did not end,
 * follow in a transaction, which locks the tasks and reads them. Task types that {@link
 * TaskType#completesAlone} take no part.
 */
@Singleton
class JoinedCompletions {
  private static final Logger LOG = LoggerFactory.getLogger(JoinedCompletions.class);
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_WAITING = 2_000;

  private final Jdbi jdbi;
  private final TaskTransitions transitions;
  private final TaskTypes types;
  private final Sheets sheets;
  private final KnownTasks known;
  private final JsonMapper json;
  private final GroupCommit<Finished, Boolean> group =
      new GroupCommit<>(this::commit, Finished::taskId, MOST_AT_ONCE, MOST_WAITING);

  JoinedCompletions(
      @Named("attempts") Jdbi jdbi,
      TaskTransitions transitions,
      TaskTypes types,
      Sheets sheets,
      KnownTasks known,
      JsonMapper json) {
    this.jdbi = jdbi;
    this.transitions = transitions;
    this.types = types;
    this.sheets = sheets;
    this.known = known;
    this.json = json;
  }

  /**
   * An attempt that is done.
   *
   * @param sheet its sheet in the store; null if it wrote none, or if the sheet is missing
   * @param missing why its sheet was not found in the store; null if it was found
   */
  record Finished(
      UUID taskId,
      int attempt,
      Outcome.Done done,
      @Nullable StoredSheet sheet,
      @Nullable RuntimeException missing) {}

  /**
   * What one item adds to the transaction.
   *
   * @param sheetId the id of the manifest; null if there is none
   */
  private record Addition(
      SucceededTask task, @Nullable UUID sheetId, @Nullable StoredSheet sheet) {}

  /** Looks for the sheet of a done attempt in the store. */
  Finished finished(UUID id, int attempt, Outcome.Done done) {
    if (done.sheet() == null) {
      return new Finished(id, attempt, done, null, null);
    }
    try {
      StoredSheet sheet = sheets.require(id, attempt, done.sheet());
      return new Finished(id, attempt, done, sheet, null);
    } catch (RuntimeException missing) {
      return new Finished(id, attempt, done, null, missing);
    }
  }

  /**
   * Records the ends of attempts.
   *
   * @return for each attempt whether its end is recorded; false if its task type completes alone,
   *     and nothing is recorded. It throws what {@link Completions#complete} throws.
   */
  List<Supplier<Boolean>> record(List<Finished> attempts) {
    return group.commit(attempts);
  }

  private List<Supplier<Boolean>> commit(List<Finished> attempts) {
    // One statement needs no transaction around it.
    Set<UUID> ended = jdbi.withHandle(handle -> end(handle, known(handle, attempts)));
    List<Finished> others =
        attempts.stream().filter(attempt -> !ended.contains(attempt.taskId())).toList();
    Map<UUID, Supplier<Boolean>> results =
        others.isEmpty()
            ? Map.of()
            : jdbi.inTransaction(transaction -> commit(transaction, others));
    return attempts.stream()
        .map(attempt -> results.getOrDefault(attempt.taskId(), () -> true))
        .toList();
  }

  /** The additions of the tasks that are known and that can end as their attempts say. */
  private List<Addition> known(Handle handle, List<Finished> attempts) {
    List<Addition> additions = new ArrayList<>();
    for (Finished attempt : attempts) {
      known.find(attempt.taskId()).ifPresent(task -> add(handle, attempt, task, additions));
    }
    return additions;
  }

  private void add(
      Handle handle, Finished attempt, KnownTasks.Known task, List<Addition> additions) {
    TaskType<?> type = types.find(task.type()).orElseThrow();
    if (type.completesAlone()) {
      return;
    }
    try {
      add(handle, attempt, task.parameters(), type, additions);
    } catch (RuntimeException refused) {
      // The transaction finds out whether that is still of interest.
      LOG.debug("Task {}: its outcome is judged later", attempt.taskId(), refused);
    }
  }

  private Map<UUID, Supplier<Boolean>> commit(Handle transaction, List<Finished> attempts) {
    Map<UUID, AttemptState> states =
        Attempts.lock(transaction, attempts.stream().map(Finished::taskId).toList());
    List<Addition> additions = new ArrayList<>();
    Map<UUID, Supplier<Boolean>> results = new HashMap<>();
    for (Finished attempt : attempts) {
      results.put(
          attempt.taskId(), judge(transaction, attempt, states.get(attempt.taskId()), additions));
    }
    if (end(transaction, additions).size() < additions.size()) {
      throw new IllegalStateException("A task that is locked and live did not move");
    }
    return results;
  }

  /** Returns the tasks that have ended now. */
  private Set<UUID> end(Handle handle, List<Addition> additions) {
    return transitions
        .succeed(
            handle,
            additions.stream().map(Addition::task).toList(),
            sheets.alsoAdd(manifests(additions)))
        .stream()
        .map(TransitionedTask::id)
        .collect(Collectors.toSet());
  }

  private static List<Sheets.NewManifest> manifests(List<Addition> additions) {
    List<Sheets.NewManifest> manifests = new ArrayList<>();
    for (Addition addition : additions) {
      if (addition.sheetId() != null && addition.sheet() != null) {
        manifests.add(
            new Sheets.NewManifest(addition.sheetId(), addition.task().id(), addition.sheet()));
      }
    }
    return manifests;
  }

  private Supplier<Boolean> judge(
      Handle transaction,
      Finished attempt,
      @Nullable AttemptState state,
      List<Addition> additions) {
    if (state == null) {
      return () -> {
        throw new UnknownTaskId(attempt.taskId());
      };
    }
    if (state.hasWon(attempt.attempt())) {
      return () -> true;
    }
    if (!state.isLive(attempt.attempt())) {
      return () -> {
        throw new NotLive(attempt.taskId(), attempt.attempt(), state.status());
      };
    }
    TaskType<?> type = types.find(state.task()).orElseThrow();
    if (type.completesAlone()) {
      return () -> false;
    }
    try {
      return add(transaction, attempt, state.parameters(), type, additions);
    } catch (RuntimeException refused) {
      return () -> {
        throw refused;
      };
    }
  }

  private Supplier<Boolean> add(
      Handle transaction,
      Finished attempt,
      JsonNode parameters,
      TaskType<?> type,
      List<Addition> additions) {
    if (attempt.missing() != null) {
      throw attempt.missing();
    }
    StoredSheet sheet = attempt.sheet();
    UUID sheetId = sheet == null ? null : Sheets.newId();
    Outcome.Done done = attempt.done();
    Completion completion =
        new Completion(
            attempt.taskId(), attempt.attempt(), parameters, done.sheet(), sheetId, done.result());
    TaskResult ending = complete(transaction, type, completion);
    if (ending instanceof TaskResult.Failed) {
      return () -> false;
    }
    SucceededTask task =
        SucceededTask.of(attempt.taskId(), attempt.attempt(), ending.result(), done.progress());
    additions.add(new Addition(task, sheetId, sheet));
    return () -> true;
  }

  private TaskResult complete(Handle transaction, TaskType<?> type, Completion completion) {
    try {
      return type.complete(transaction, completion, json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
