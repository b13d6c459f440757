package io.tallyman.billing.attempt;

import io.micronaut.scheduling.TaskExecutors;
import io.tallyman.billing.attempt.AttemptBatchController.OutcomeItem;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records outcomes of every kind. */
@Singleton
class Outcomes {
  private final Attempts attempts;
  private final Completions completions;
  private final JoinedCompletions joined;
  private final ExecutorService executor;

  Outcomes(
      Attempts attempts,
      Completions completions,
      JoinedCompletions joined,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.attempts = attempts;
    this.completions = completions;
    this.joined = joined;
    this.executor = executor;
  }

  /**
   * Records an outcome. A repeated call has no further effect.
   *
   * @return true if the outcome is recorded; false while it is being committed, and the worker then
   *     sends the same outcome again
   * @throws NotLive if the attempt is not live any more
   */
  boolean record(UUID id, int attempt, Outcome outcome) {
    if (outcome instanceof Outcome.Done done) {
      return joined.record(List.of(joined.finished(id, attempt, done))).getFirst().get()
          || completions.complete(id, attempt, done);
    }
    return recordAlone(id, attempt, outcome);
  }

  /** Does the same for many attempts. None of them waits for a long commit of another. */
  List<Supplier<Boolean>> record(List<OutcomeItem> items) {
    Map<OutcomeItem, Supplier<Boolean>> ends = recordJoined(items);
    return items.stream().map(item -> record(item, ends.get(item))).toList();
  }

  private Map<OutcomeItem, Supplier<Boolean>> recordJoined(List<OutcomeItem> items) {
    List<OutcomeItem> done =
        items.stream().filter(item -> item.outcome() instanceof Outcome.Done).toList();
    List<Supplier<Boolean>> recorded =
        joined.record(
            done.stream()
                .map(
                    item ->
                        joined.finished(
                            item.taskId(), item.attempt(), (Outcome.Done) item.outcome()))
                .toList());
    Map<OutcomeItem, Supplier<Boolean>> ends = new HashMap<>();
    for (int index = 0; index < done.size(); index++) {
      ends.put(done.get(index), recorded.get(index));
    }
    return ends;
  }

  private Supplier<Boolean> record(OutcomeItem item, @Nullable Supplier<Boolean> end) {
    return end == null || completesAlone(end) ? recordAlone(item) : end;
  }

  private static boolean completesAlone(Supplier<Boolean> end) {
    try {
      return !end.get();
    } catch (RuntimeException refused) {
      return false;
    }
  }

  private Supplier<Boolean> recordAlone(OutcomeItem item) {
    CompletableFuture<Boolean> recorded =
        CompletableFuture.supplyAsync(
            () -> {
              try (var _ = RequestId.inLog(item.requestId())) {
                return recordAlone(item.taskId(), item.attempt(), item.outcome());
              }
            },
            executor);
    return () -> join(recorded);
  }

  private boolean recordAlone(UUID id, int attempt, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> {
        return completions.complete(id, attempt, done);
      }
      case Outcome.Retry retry ->
          attempts.retry(id, attempt, retry.error().asError(true), retry.outage());
      case Outcome.GiveUp giveUp ->
          attempts.giveUp(id, attempt, giveUp.error().asError(false), giveUp.progress());
      case Outcome.Released _ -> attempts.release(id, attempt);
    }
    return true;
  }

  private static boolean join(CompletableFuture<Boolean> recorded) {
    try {
      return recorded.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException refused ? refused : failure;
    }
  }
}
