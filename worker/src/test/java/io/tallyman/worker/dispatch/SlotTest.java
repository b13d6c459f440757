package io.tallyman.worker.dispatch;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.CLAIM;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.HEARTBEAT;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.OUTCOME;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.SET_ASIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.BillingServiceClient.Report;
import io.tallyman.worker.billingservice.BillingServiceClient.Running;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SlotTest {
  private RunningWorker worker;
  private TestQueue queue;

  @BeforeEach
  void start(@TempDir Path store) throws Exception {
    worker = new RunningWorker(store);
    queue = new TestQueue(worker.broker());
  }

  @AfterEach
  void stop() {
    queue.close();
    worker.close();
  }

  @Test
  void redeliveredTaskIsNotDoneTwice() throws Exception {
    worker.work().open();
    queue.dispatch(worker.task);
    queue.dispatch(worker.task);

    worker.awaitCalls(CLAIM, 2);
    awaitEmptyQueue();
    assertThat(worker.billingService.asked(OUTCOME)).hasSize(1);
    assertThat(worker.work().runs()).isOne();
  }

  @Test
  void refusedClaimIsForgotten() throws Exception {
    worker.billingService.answer(CLAIM, Answer.problem(409, "claim-refused"), Answer.of(404));
    queue.dispatch(worker.task);
    queue.dispatch(UUID.randomUUID());

    worker.awaitCalls(CLAIM, 2);
    awaitEmptyQueue();
    assertThat(worker.billingService.asked(CLAIM)).hasSize(2);
    assertThat(worker.work().runs()).isZero();
  }

  @Test
  void claimWithoutAnswerIsRepeatedWithTheSameClaimId() throws Exception {
    worker.billingService.answer(
        CLAIM,
        Answer.of(503),
        Answer.NONE,
        Answer.problem(421, "misdirected-request"),
        worker.claimed(GatedTask.NAME),
        Answer.of(409));
    worker.work().open();
    queue.dispatch(worker.task);

    assertThat(worker.awaitOutcome().text("outcome")).isEqualTo("DONE");
    String claimId = worker.billingService.asked(CLAIM).getFirst().text("claim_id");
    assertThat(worker.billingService.asked(CLAIM))
        .hasSize(4)
        .allSatisfy(claim -> assertThat(claim.text("claim_id")).isEqualTo(claimId));
    awaitEmptyQueue();
  }

  @Test
  void messageIsKeptUntilTheClaimIsAnswered() throws Exception {
    worker.billingService.answer(CLAIM, Answer.of(503));
    queue.dispatch(worker.task);

    worker.awaitCalls(CLAIM, 3);
    assertThat(queue.size()).isOne();
    worker.shutDown();
    assertThat(queue.takeWaiting()).isTrue();
  }

  @Test
  void messageThatComesToASlotThatStopsIsLeftToOthers() throws Exception {
    await().until(() -> worker.slots().report().freeSlots() == 1);
    Thread stop = Thread.ofVirtual().start(worker.slots()::stop);
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> worker.slots().report().freeSlots() == 0);

    queue.dispatch(worker.task);

    stop.join();
    assertThat(worker.billingService.asked(CLAIM)).isEmpty();
    await().until(queue::takeWaiting);
  }

  @Test
  void longAttemptHoldsNoMessage() throws Exception {
    queue.dispatch(worker.task);
    worker.awaitWorking();
    awaitEmptyQueue();

    queue.dispatch(UUID.randomUUID());
    worker.awaitCalls(HEARTBEAT, worker.billingService.asked(HEARTBEAT).size() + 5);
    assertThat(queue.takeWaiting()).isTrue();
  }

  @Test
  void slotGoesOnAfterAnError() throws Exception {
    worker.slots().stop();
    AtomicInteger asked = new AtomicInteger();
    BillingServiceClient failing =
        (BillingServiceClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BillingServiceClient.class},
                (_, _, _) -> {
                  if (asked.incrementAndGet() == 1) {
                    throw new NoClassDefFoundError("a class that is not there");
                  }
                  return null;
                });
    Slot slot = worker.slot(failing);
    slot.start();

    queue.dispatch(worker.task);

    await().untilAsserted(() -> assertThat(asked).hasValueGreaterThanOrEqualTo(2));
    awaitEmptyQueue();
    slot.stop();
  }

  @Test
  void slotIsEitherFreeOrRunning() throws Exception {
    await().until(() -> worker.slots().report().equals(new Report(1, 1, 0, 0, List.of(), true)));
    queue.dispatch(worker.task);
    worker.awaitWorking();

    Report busy = new Report(1, 0, 0, 0, List.of(new Running(worker.task, 1)), true);
    await().until(() -> worker.slots().report().equals(busy));

    worker.work().open();
    await().until(() -> worker.slots().report().equals(new Report(1, 1, 0, 0, List.of(), true)));
  }

  @Test
  void slotConsumesAgainAfterALongAttempt() throws Exception {
    queue.dispatch(worker.task);
    worker.awaitWorking();
    awaitEmptyQueue();
    worker.work().open();
    queue.dispatch(UUID.randomUUID());

    worker.awaitCalls(CLAIM, 2);
    awaitEmptyQueue();
  }

  @Test
  void unreadableMessageIsSetAsideAndDoesNotBlock() throws Exception {
    worker.work().open();
    queue.publish(Map.of("task", GatedTask.NAME));
    queue.publish(Map.of("id", "not a \0 uuid", "task", GatedTask.NAME, "dispatch_no", 1));
    queue.publish(
        Map.of(
            "id",
            UUID.randomUUID().toString(),
            "task",
            GatedTask.NAME,
            "dispatch_no",
            1,
            "more",
            List.of("no table")));
    queue.dispatch(worker.task);

    assertThat(worker.awaitOutcome().text("outcome")).isEqualTo("DONE");
    awaitEmptyQueue();
    assertThat(worker.billingService.asked(SET_ASIDE))
        .extracting(asked -> asked.text("reason"))
        .containsExactlyInAnyOrder(
            "id, task or dispatch_no is missing",
            "id is not a UUID",
            "more is not a list of tables");
    assertThat(worker.billingService.asked(SET_ASIDE))
        .extracting(asked -> asked.text("headers"))
        .anyMatch(headers -> headers.contains("id=not a \ufffd uuid"));
  }

  @Test
  void unreadableMessageIsSetAsideOnceBillingServiceIsBack() throws Exception {
    worker.billingService.answer(
        SET_ASIDE, Answer.of(503), Answer.NONE, Answer.of(421), Answer.of(204));
    queue.publish(Map.of("task", GatedTask.NAME));

    worker.awaitCalls(SET_ASIDE, 4);
    awaitEmptyQueue();
    assertThat(worker.billingService.asked(SET_ASIDE))
        .extracting(asked -> asked.uri().getPath())
        .containsOnly(worker.billingService.asked(SET_ASIDE).getFirst().uri().getPath());
  }

  @Test
  void unreadableMessageThatNobodyTakesDoesNotBlock() throws Exception {
    worker.billingService.answer(SET_ASIDE, Answer.of(500));
    worker.work().open();
    queue.publish(Map.of("task", GatedTask.NAME));
    queue.dispatch(worker.task);

    assertThat(worker.awaitOutcome().text("outcome")).isEqualTo("DONE");
    awaitEmptyQueue();
  }

  @Test
  void attemptOutlivesTheBrokerAndTheSlotComesBack() throws Exception {
    queue.dispatch(worker.task);
    worker.awaitWorking();
    worker.restartBroker();
    worker.work().open();
    assertThat(worker.awaitOutcome().text("outcome")).isEqualTo("DONE");

    try (TestQueue again = new TestQueue(worker.broker())) {
      again.dispatch(UUID.randomUUID());
      worker.awaitCalls(CLAIM, 2);
      await().untilAsserted(() -> assertThat(again.size()).isZero());
    }
  }

  private void awaitEmptyQueue() {
    await().untilAsserted(() -> assertThat(queue.size()).isZero());
  }
}
