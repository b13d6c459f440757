package io.tallyman.billing.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DispatchedTasksTest {
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
}
