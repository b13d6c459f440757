package io.tallyman.billing.task;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.sheet.Sheets;
import io.tallyman.billing.sheet.WrittenSheet;
import io.tallyman.billing.task.Attempts.Standing;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Commits what attempts have done: the sheet's manifest, what the task type adds, and SUCCESS, in
 * one transaction that only the live attempt can commit. A long one goes on while its worker asks
 * again.
 */
@Singleton
class Completions {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Jdbi jdbi;
  private final TaskMoves moves;
  private final TaskTypes types;
  private final Sheets sheets;
  private final TaskConfiguration configuration;
  private final JsonMapper json;
  private final ExecutorService executor;
  private final ConcurrentMap<Attempt, CompletableFuture<Void>> underWay =
      new ConcurrentHashMap<>();

  Completions(
      @Named("attempts") Jdbi jdbi,
      TaskMoves moves,
      TaskTypes types,
      Sheets sheets,
      TaskConfiguration configuration,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.jdbi = jdbi;
    this.moves = moves;
    this.types = types;
    this.sheets = sheets;
    this.configuration = configuration;
    this.json = json;
    this.executor = executor;
  }

  private record Attempt(UUID taskId, int number) {}

  /**
   * Commits, or waits a moment for a commit that is under way.
   *
   * @return whether the outcome stands; if not, it is to be asked for again
   * @throws NotLive if another attempt decides by now, or none
   */
  boolean complete(UUID id, int number, Outcome.Done done) {
    Attempt attempt = new Attempt(id, number);
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> earlier = underWay.putIfAbsent(attempt, mine);
    if (earlier == null) {
      executor.execute(() -> commit(attempt, done, mine));
    }
    boolean stands = stands(earlier == null ? mine : earlier);
    if (!stands) {
      // It may wait for another import to be applied, and is no standstill either.
      keepAlive(attempt);
    }
    return stands;
  }

  /**
   * Keeps what is being committed alive by itself: this may take longer than a lease or than an
   * attempt may stand still, and needs nothing more from the worker.
   */
  @Scheduled(fixedDelay = "2s")
  void keepAlive() {
    underWay.keySet().forEach(this::keepAlive);
  }

  private void keepAlive(Attempt attempt) {
    jdbi.useHandle(
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
                .execute());
  }

  private static boolean stands(CompletableFuture<Void> commit) {
    try {
      return commit
          .thenApply(_ -> true)
          .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException failure) {
      return switch (failure.getCause()) {
        case CompletionBusy _ -> false;
        case RuntimeException refused -> throw refused;
        case null, default -> throw failure;
      };
    }
  }

  private void commit(Attempt attempt, Outcome.Done done, CompletableFuture<Void> answer) {
    try {
      commit(attempt, done);
      underWay.remove(attempt);
      answer.complete(null);
    } catch (Throwable failure) {
      underWay.remove(attempt);
      answer.completeExceptionally(failure);
    }
  }

  private void commit(Attempt attempt, Outcome.Done done) {
    Standing standing = standing(attempt);
    if (hasWon(standing, attempt)) {
      return;
    }
    requireLive(standing, attempt);
    TaskType<?> type = types.find(standing.task()).orElseThrow();
    if (done.sheet() != null) {
      sheets.requireFile(attempt.taskId(), attempt.number(), done.sheet().bytes());
    }
    try {
      jdbi.useTransaction(transaction -> succeed(transaction, type, attempt, done));
    } catch (NotLive late) {
      // Another instance of this service may have committed this very attempt meanwhile.
      if (!hasWon(standing(attempt), attempt)) {
        throw late;
      }
    } catch (CannotComplete failure) {
      jdbi.useTransaction(transaction -> fail(transaction, attempt, failure.error()));
    }
  }

  private void succeed(Handle transaction, TaskType<?> type, Attempt attempt, Outcome.Done done) {
    UUID id = attempt.taskId();
    WrittenSheet sheet = done.sheet();
    UUID sheetId =
        sheet == null
            ? null
            : sheets.add(transaction, id, attempt.number(), sheet, configuration.retention());
    JsonNode result =
        result(transaction, type, new Completion(id, attempt.number(), done, sheetId));
    if (moves.succeed(transaction, id, attempt.number(), result).isEmpty()) {
      throw notLive(Attempts.standing(transaction, id), attempt);
    }
  }

  private void fail(Handle transaction, Attempt attempt, TaskError error) {
    if (moves.fail(transaction, attempt.taskId(), attempt.number(), error).isEmpty()) {
      throw notLive(Attempts.standing(transaction, attempt.taskId()), attempt);
    }
  }

  private JsonNode result(Handle transaction, TaskType<?> type, Completion completion) {
    try {
      return type.complete(transaction, completion, json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Standing standing(Attempt attempt) {
    return jdbi.withHandle(handle -> Attempts.standing(handle, attempt.taskId()));
  }

  private static boolean hasWon(Standing standing, Attempt attempt) {
    return standing.status() == TaskStatus.SUCCESS && standing.attempt() == attempt.number();
  }

  private static void requireLive(Standing standing, Attempt attempt) {
    if (!standing.isLive(attempt.number())) {
      throw notLive(standing, attempt);
    }
  }

  private static NotLive notLive(Standing standing, Attempt attempt) {
    return new NotLive(attempt.taskId(), attempt.number(), standing.status());
  }
}
