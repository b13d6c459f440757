package io.tallyman.billing.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DispatchedTasksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final DispatchedTasks tasks = SERVICE.bean(DispatchedTasks.class);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void higherPriorityGoesFirstAndAmongEqualsTheOneDueFirst() {
    UUID low = worker.submit("\"priority\": 0");
    UUID high = worker.submit("\"priority\": 9");
    UUID usual = worker.submit("\"priority\": null");
    UUID usualToo = worker.submit("\"priority\": 4");
    assertThat(worker.task(low).text("queue_position")).isEqualTo("3");

    assertThat(tasks.mark()).extracting(Dispatch::id).containsExactly(high, usual, usualToo, low);
  }

  @Test
  void taskIsMarkedOnceAndNotBeforeItIsDue() {
    worker.submit(TestWorker.notDue());
    UUID due = worker.submit("\"eta\": \"2001-01-01T00:00:00Z\"");

    assertThat(tasks.mark()).containsExactly(new Dispatch(due, "billing.sheet", 1));
    assertThat(tasks.mark()).isEmpty();
  }

  @Test
  void noMoreThanTheBoundIsOfferedAndUnclaimed() {
    Stream.generate(worker::submit).limit(110).forEach(_ -> {});
    List<Dispatch> offered = tasks.mark();
    assertThat(offered).hasSize(100);
    assertThat(tasks.mark()).isEmpty();

    worker.claim(offered.getFirst().id());

    assertThat(tasks.mark()).hasSize(1);
  }

  @Test
  void boundGrowsWithTheSlotsOfLiveWorkers() {
    Stream.generate(worker::submit).limit(110).forEach(_ -> {});
    tasks.mark();

    SERVICE.put(
        "/internal/workers/worker-1",
        """
        {"slots": 26, "free_slots": 0, "running": []}
        """);
    assertThat(tasks.mark()).hasSize(4);

    SERVICE.put(
        "/internal/workers/worker-1",
        """
        {"slots": 27, "free_slots": 0, "running": []}
        """);
    assertThat(tasks.mark()).hasSize(4);
  }

  @Test
  void unmarkedTaskIsDispatchedAnewUnderAnotherNumber() {
    worker.submit();
    List<Dispatch> first = tasks.mark();

    tasks.unmark(first);

    List<Dispatch> second = tasks.mark();
    assertThat(second).extracting(Dispatch::dispatchNo).containsExactly(2);
    assertThat(SERVICE.count("task WHERE unclaimed_dispatches = 1")).isOne();
    tasks.unmark(first);
    assertThat(tasks.mark()).isEmpty();
  }

  @Test
  void nothingIsTakenBackFromATaskThatWasClaimedAllTheSame() {
    UUID id = worker.submit();
    List<Dispatch> unconfirmed = tasks.mark();
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RELEASED);

    tasks.unmark(unconfirmed);

    assertThat(SERVICE.count("task WHERE unclaimed_dispatches = 0")).isOne();
  }

  /** Claims lock their tasks in the order of the ids, whatever the order of the dispatches. */
  @Test
  void tasksAreUnmarkedInTheOrderOfTheirIds() {
    worker.submit();
    worker.submit();
    List<Dispatch> dispatches =
        tasks.mark().stream().sorted(Comparator.comparing(each -> each.id().toString())).toList();
    CompletableFuture<Void> unmarked =
        SERVICE
            .jdbi()
            .inTransaction(
                claims -> {
                  lock(claims, dispatches.getFirst());
                  CompletableFuture<Void> waiting =
                      CompletableFuture.runAsync(() -> tasks.unmark(dispatches.reversed()));
                  await().atMost(PATIENCE).until(() -> isWaiting(claims));
                  lock(claims, dispatches.getLast());
                  return waiting;
                });

    unmarked.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

    assertThat(SERVICE.count("task WHERE dispatched_at IS NULL")).isEqualTo(2);
  }

  private static void lock(Handle transaction, Dispatch dispatch) {
    transaction.execute("SELECT FROM task WHERE id = ? FOR NO KEY UPDATE", dispatch.id());
  }

  private static boolean isWaiting(Handle holder) {
    return holder
        .createQuery(
            """
            SELECT EXISTS (
              SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))
            """)
        .mapTo(Boolean.class)
        .one();
  }
}
