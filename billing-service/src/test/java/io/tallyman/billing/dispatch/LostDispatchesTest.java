package io.tallyman.billing.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the dispatch message of an unclaimed task counts as lost. */
final class LostDispatchesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final LostDispatches lostDispatches = SERVICE.bean(LostDispatches.class);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void taskIsOfferedAgainWhenALaterOneWasClaimed() {
    UUID lost = dispatch();
    UUID later = dispatch();
    worker.claim(later);
    dispatchedEarlier(11);

    assertThat(isLost(lost)).isTrue();
  }

  @Test
  void taskIsOfferedAgainWhenAWorkerWaitsForOne() {
    UUID lost = dispatch();
    dispatchedEarlier(11);
    report(1);

    assertThat(isLost(lost)).isTrue();
  }

  @Test
  void backlogOfBusyWorkersIsNoLoss() {
    UUID waiting = dispatch();
    dispatch();
    dispatchedEarlier(3600);
    report(0);

    assertThat(isLost(waiting)).isFalse();
  }

  @Test
  void freeSlotOfAWorkerThatIsGoneDoesNotCount() {
    UUID waiting = dispatch();
    dispatchedEarlier(11);
    report(1);
    SERVICE.execute("UPDATE worker SET seen_at = now() - interval '16s'");

    assertThat(isLost(waiting)).isFalse();
    assertThat(SERVICE.count("worker")).isZero();
  }

  @Test
  void messageMayTakeTenSeconds() {
    UUID waiting = dispatch();
    dispatchedEarlier(5);
    report(1);

    assertThat(isLost(waiting)).isFalse();
  }

  @Test
  void earlierTaskThatWasClaimedSaysNothing() {
    UUID earlier = dispatch();
    UUID waiting = dispatch();
    worker.claim(earlier);
    dispatchedEarlier(11);

    assertThat(isLost(waiting)).isFalse();
  }

  @Test
  void taskOfTheSameBatchSaysNothing() {
    UUID first = worker.submit();
    UUID second = worker.submit();
    UUID third = worker.submit();
    mark();
    worker.claim(second);
    dispatchedEarlier(11);

    assertThat(isLost(first)).isFalse();
    assertThat(isLost(third)).isFalse();
  }

  @Test
  void laterTaskThatWasCancelledUnclaimedSaysNothing() {
    UUID waiting = dispatch();
    worker.cancel(dispatch());
    dispatchedEarlier(11);

    assertThat(isLost(waiting)).isFalse();
  }

  @Test
  void gapsGrowFromDispatchToDispatch() {
    UUID lost = dispatch();
    SERVICE.execute("UPDATE task SET unclaimed_dispatches = 3");
    dispatchedEarlier(35);
    report(1);
    assertThat(isLost(lost)).isFalse();

    dispatchedEarlier(6);

    assertThat(isLost(lost)).isTrue();
  }

  @Test
  void taskThatNobodyEverClaimsFails() {
    UUID lost = dispatch();
    SERVICE.execute("UPDATE task SET unclaimed_dispatches = 20");
    dispatchedEarlier(321);
    report(1);

    lostDispatches.recover();

    assertThat(worker.status(lost)).isEqualTo("FAILURE");
    assertThat(worker.task(lost).text("error", "type"))
        .isEqualTo("urn:tallyman:problem:undeliverable");
    assertThat(worker.task(lost).text("error", "retryable")).isEqualTo("true");
  }

  @Test
  void claimForgivesTheDispatchesBeforeIt() {
    UUID id = dispatch();
    SERVICE.execute("UPDATE task SET unclaimed_dispatches = 19");

    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RELEASED);

    assertThat(SERVICE.count("task WHERE unclaimed_dispatches = 0")).isOne();
  }

  private UUID dispatch() {
    UUID id = worker.submit();
    mark();
    return id;
  }

  private void mark() {
    assertThat(SERVICE.bean(DispatchedTasks.class).mark()).isNotEmpty();
  }

  private void dispatchedEarlier(int seconds) {
    SERVICE.execute(
        "UPDATE task SET dispatched_at = dispatched_at - make_interval(secs => ?)", seconds);
  }

  private void report(int freeSlots) {
    SERVICE.put(
        "/internal/workers/worker-1",
        """
        {"slots": 4, "free_slots": %d, "running": []}
        """
            .formatted(freeSlots));
  }

  private boolean isLost(UUID id) {
    lostDispatches.recover();
    return SERVICE.count("task WHERE id = ? AND dispatched_at IS NULL", id) == 1;
  }
}
