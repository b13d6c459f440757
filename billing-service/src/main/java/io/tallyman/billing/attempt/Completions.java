package io.tallyman.billing.attempt;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.attempt.Attempts.AttemptState;
import io.tallyman.billing.sheet.Sheets;
import io.tallyman.billing.sheet.Sheets.StoredSheet;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.state.TaskTransitions.Also;
import io.tallyman.billing.state.TaskTransitions.SucceededTask;
import io.tallyman.billing.state.TaskTransitions.TransitionedTask;
import io.tallyman.billing.tasktype.CannotComplete;
import io.tallyman.billing.tasktype.Completion;
import io.tallyman.billing.tasktype.TaskResult;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.request.Deadline;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Commits the outcomes of attempts whose task types complete alone, such as imports; {@link
 * JoinedCompletions} commits all others. One transaction adds the sheet's manifest, what the task
 * type adds, and the task's end; only the live attempt can commit it. A long commit continues in
 * the background, and the worker asks again until it ends.
 */
@Singleton
class Completions {
  private final Jdbi jdbi;
  private final Jdbi slow;
  private final TaskTransitions transitions;
  private final TaskTypes types;
  private final Sheets sheets;
  private final TaskConfiguration configuration;
  private final JsonMapper json;
  private final ExecutorService executor;
  private final ConcurrentMap<Attempt, PendingCommit> underWay = new ConcurrentHashMap<>();

  Completions(
      @Named("attempts") Jdbi jdbi,
      @Named("apply") Jdbi slow,
      TaskTransitions transitions,
      TaskTypes types,
      Sheets sheets,
      TaskConfiguration configuration,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.jdbi = jdbi;
    this.slow = slow;
    this.transitions = transitions;
    this.types = types;
    this.sheets = sheets;
    this.configuration = configuration;
    this.json = json;
    this.executor = executor;
  }

  private record Attempt(UUID taskId, int number) {}

  /**
   * Starts the commit, or joins one that already runs for this attempt, and waits up to 2 s for it.
   *
   * @return true if the outcome is recorded; false if the commit still runs and the caller has to
   *     ask again
   * @throws NotLive if the attempt is not live any more
   */
  boolean complete(UUID id, int number, Outcome.Done done) {
    Attempt attempt = new Attempt(id, number);
    PendingCommit mine = new PendingCommit();
    PendingCommit earlier = underWay.putIfAbsent(attempt, mine);
    if (earlier == null) {
      executor.execute(Deadline.none(() -> commit(attempt, done, mine)));
    }
    boolean stands = (earlier == null ? mine : earlier).hasEnded();
    if (!stands) {
      // The commit may be waiting for another import. That wait must not count as a stall.
      keepAlive(attempt);
    }
    return stands;
  }

  /**
   * Renews the leases of attempts whose commit runs, because a commit can take longer than a lease
   * or than the stall timeout, and the worker has nothing left to report. If the attempt is not
   * live any more, for example because the task was cancelled, its commit is stopped.
   */
  @Scheduled(fixedDelay = "2s", scheduler = TaskConfiguration.WATCHDOG_EXECUTOR)
  void keepAlive() {
    underWay.forEach(
        (attempt, commit) -> {
          if (!keepAlive(attempt)) {
            commit.stop();
          }
        });
  }

  private boolean keepAlive(Attempt attempt) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(
                        """
                        UPDATE task
                        SET lease_until = now() + :lease, progressed_at = now()
                        WHERE id = :taskId AND attempt = :number AND status = 'STARTED'
                        """)
                    .bind("lease", configuration.lease())
                    .bind("taskId", attempt.taskId())
                    .bind("number", attempt.number())
                    .execute()
                == 1);
  }

  private void commit(Attempt attempt, Outcome.Done done, PendingCommit commit) {
    try {
      tryTo(commit, attempt, done);
      underWay.remove(attempt);
      commit.ended();
    } catch (Throwable failure) {
      underWay.remove(attempt);
      commit.failed(failure);
    }
  }

  private void tryTo(PendingCommit commit, Attempt attempt, Outcome.Done done) {
    AttemptState state = state(attempt);
    if (state.hasWon(attempt.number())) {
      return;
    }
    requireLive(state, attempt);
    StoredSheet sheet =
        done.sheet() == null
            ? null
            : sheets.require(attempt.taskId(), attempt.number(), done.sheet());
    try {
      slow.useTransaction(transaction -> end(transaction, commit, state, attempt, done, sheet));
    } catch (NotLive late) {
      // Another instance of this service may have committed this attempt meanwhile.
      if (!state(attempt).hasWon(attempt.number())) {
        throw late;
      }
    } catch (JdbiException failure) {
      if (commit.isStopped()) {
        requireLive(state(attempt), attempt);
      }
      throw failure;
    } catch (CannotComplete failure) {
      jdbi.useTransaction(transaction -> fail(transaction, attempt, failure.error()));
    }
  }

  private void end(
      Handle transaction,
      PendingCommit commit,
      AttemptState state,
      Attempt attempt,
      Outcome.Done done,
      @Nullable StoredSheet sheet) {
    UUID id = attempt.taskId();
    UUID sheetId =
        sheet == null ? null : sheets.add(transaction, id, sheet, configuration.retention());
    Completion completion =
        new Completion(
            id, attempt.number(), state.parameters(), done.sheet(), sheetId, done.result());
    commit.begin(transaction.getConnection());
    TaskResult ending;
    try {
      ending = ending(transaction, typeOf(state), completion);
    } finally {
      commit.finish();
    }
    boolean moved =
        switch (ending) {
          case TaskResult.Succeeded(JsonNode result) ->
              !transitions
                  .succeed(
                      transaction,
                      List.of(SucceededTask.of(id, attempt.number(), result, done.progress())),
                      Also.NOTHING)
                  .isEmpty();
          case TaskResult.Failed(JsonNode result, TaskError error) ->
              transitions
                  .fail(transaction, id, attempt.number(), error, result, done.progress())
                  .isPresent();
        };
    if (!moved) {
      throw notLive(Attempts.state(transaction, id), attempt);
    }
  }

  private void fail(Handle transaction, Attempt attempt, TaskError error) {
    Optional<TransitionedTask> moved =
        error.retryable()
            ? transitions.postponeOrFail(transaction, attempt.taskId(), attempt.number(), error)
            : transitions.fail(transaction, attempt.taskId(), attempt.number(), error);
    if (moved.isEmpty()) {
      throw notLive(Attempts.state(transaction, attempt.taskId()), attempt);
    }
  }

  private TaskResult ending(Handle transaction, TaskType<?> type, Completion completion) {
    try {
      return type.complete(transaction, completion, json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private TaskType<?> typeOf(AttemptState state) {
    return types.find(state.task()).orElseThrow();
  }

  private AttemptState state(Attempt attempt) {
    return jdbi.withHandle(handle -> Attempts.state(handle, attempt.taskId()));
  }

  private static void requireLive(AttemptState state, Attempt attempt) {
    if (!state.isLive(attempt.number())) {
      throw notLive(state, attempt);
    }
  }

  private static NotLive notLive(AttemptState state, Attempt attempt) {
    return new NotLive(attempt.taskId(), attempt.number(), state.status());
  }
}
