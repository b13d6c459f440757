package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.attempt.AttemptBatchController.ClaimItem;
import io.tallyman.billing.attempt.AttemptBatchController.ClaimsRequest;
import io.tallyman.billing.dispatch.Dispatcher;
import io.tallyman.billing.state.KnownTasks;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.store.SheetStore;
import io.tallyman.billing.tasktype.TaskTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The locks of statements that change many tasks. */
final class BatchLocksTest {
  private static final int TASKS = 50;

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @AutoClose private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final TestWorker worker = new TestWorker(SERVICE);

  /** With the tasks in opposite orders, they would wait for each other in a circle. */
  @RepeatedTest(5)
  void twoInstancesClaimTheSameTasksWithoutADeadlock() {
    List<UUID> ids = Stream.generate(worker::submit).limit(TASKS).toList();
    List<UUID> reversed = new ArrayList<>(ids);
    Collections.reverse(reversed);
    Claims one = instance();
    Claims other = instance();

    List<CompletableFuture<List<Supplier<Claimed>>>> calls =
        IntStream.range(0, 8)
            .mapToObj(
                call ->
                    CompletableFuture.supplyAsync(
                        () ->
                            call % 2 == 0
                                ? one.claim(claims("one", ids))
                                : other.claim(claims("other", reversed)),
                        threads))
            .toList();

    long claimed =
        calls.stream()
            .flatMap(call -> call.join().stream())
            .filter(BatchLocksTest::isClaimed)
            .count();
    assertThat(claimed).isEqualTo(TASKS);
    assertThat(SERVICE.count("task WHERE status = 'STARTED' AND attempt <> 1")).isZero();
  }

  @Test
  void outcomeMayReachAnotherInstanceThanTheClaim() {
    UUID id = worker.submit();
    assertThat(instance().claim(claims("worker-1", List.of(id))))
        .allMatch(BatchLocksTest::isClaimed);

    assertThat(worker.done(id, 1).status()).isEqualTo(200);

    assertThat(worker.status(id)).isEqualTo("SUCCESS");
    assertThat(SERVICE.count("sheet WHERE task_id = ?", id)).isOne();
  }

  /** An open import holds such a lock while it is applied, which may take minutes. */
  @Test
  void lockOfAForeignKeyDelaysNoBatch() {
    UUID id = worker.submit();
    SERVICE
        .jdbi()
        .useTransaction(
            transaction -> {
              transaction.execute("SELECT FROM task WHERE id = ? FOR KEY SHARE", id);

              assertThat(worker.claim(id).status()).isEqualTo(200);
              assertThat(worker.verdict(id, 1)).isEqualTo("CONTINUE");
              assertThat(worker.done(id, 1).status()).isEqualTo(200);
            });
  }

  private static boolean isClaimed(Supplier<Claimed> answer) {
    try {
      return answer.get().attempt() == 1;
    } catch (ClaimRefused refused) {
      return false;
    }
  }

  private static ClaimsRequest claims(String worker, List<UUID> ids) {
    return new ClaimsRequest(
        worker, ids.stream().map(id -> new ClaimItem(id, UUID.randomUUID(), 0)).toList());
  }

  /** The claims of another instance of the service. */
  private static Claims instance() {
    return new Claims(
        SERVICE.attempts(),
        SERVICE.bean(TaskTransitions.class),
        SERVICE.bean(TaskTypes.class),
        SERVICE.bean(TaskConfiguration.class),
        SERVICE.bean(SheetStore.class),
        SERVICE.bean(Dispatcher.class),
        new KnownTasks());
  }
}
