package io.tallyman.worker.dispatch;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.CLAIM;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.HEARTBEAT;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.OUTCOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.billingservice.StandInBillingService.Asked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker with one slot for long attempts and eight others. */
@Timeout(300)
final class LightSlotsTest {
  private static final int LIGHT = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private RunningWorker worker;
  private TestQueue queue;

  @BeforeEach
  void start(@TempDir Path store) throws Exception {
    worker = new RunningWorker(store, LIGHT);
    queue = new TestQueue(worker.broker());
  }

  @AfterEach
  void stop() {
    worker.longWork().end(1_000);
    queue.close();
    worker.close();
  }

  @Test
  void reportsBothKindsOfSlots() {
    await()
        .untilAsserted(
            () -> {
              assertThat(worker.slots().report().freeSlots()).isOne();
              assertThat(worker.slots().report().freeLightSlots()).isEqualTo(LIGHT);
            });
  }

  @Test
  void manySmallSheetsAreDoneBesideManyImports() throws Exception {
    int imports = 20;
    int sheets = 1_000;
    worker.work().open();
    Stream<Answer> longOnes = IntStream.range(0, imports).mapToObj(_ -> claimed(LongTask.NAME));
    Stream<Answer> lightOnes = IntStream.range(0, sheets).mapToObj(_ -> claimed(GatedTask.NAME));
    worker.billingService.answer(CLAIM, Stream.concat(longOnes, lightOnes).toArray(Answer[]::new));
    dispatch(imports + sheets);

    await().atMost(PATIENCE).until(() -> done() == sheets);
    assertThat(worker.longWork().running()).isOne();
    worker.longWork().end(imports);
    await().atMost(PATIENCE).until(() -> outcomes().size() == imports + sheets);
    assertThat(worker.longWork().most()).isOne();
  }

  @Test
  void longTaskThatGetsNoSlotIsGivenBack() throws Exception {
    worker.billingService.answer(
        CLAIM,
        IntStream.range(0, 1 + LIGHT).mapToObj(_ -> claimed(LongTask.NAME)).toArray(Answer[]::new));
    dispatch(1 + LIGHT);

    await().until(() -> outcomes().contains("{\"outcome\":\"RELEASED\"}"));
    assertThat(worker.longWork().most()).isOne();
  }

  @Test
  void attemptsShareCalls() throws Exception {
    worker.billingService.answer(CLAIM, claimedByAll());
    dispatch(1 + LIGHT);
    await().until(() -> worker.work().runs() == 1 + LIGHT);
    await()
        .until(
            () ->
                worker.billingService.batches(HEARTBEAT).stream()
                    .anyMatch(batch -> batch.get("heartbeats").size() == 1 + LIGHT));
    worker.work().open();

    await().until(() -> done() == 1 + LIGHT);
    assertThat(worker.billingService.batches(CLAIM)).hasSizeLessThanOrEqualTo(1 + LIGHT);
  }

  @Test
  void olderBillingServiceIsAskedOneByOne() throws Exception {
    worker.billingService.becomeOld();
    worker.billingService.answer(CLAIM, claimedByAll());
    dispatch(3);
    worker.awaitCalls(HEARTBEAT, 3);
    worker.work().open();

    await().until(() -> done() == 3);
    assertThat(worker.billingService.batches(OUTCOME)).isEmpty();
  }

  private void dispatch(int count) throws Exception {
    for (int number = 0; number < count; number++) {
      queue.dispatch(UUID.randomUUID());
    }
  }

  private Answer[] claimedByAll() {
    return IntStream.range(0, 1 + LIGHT)
        .mapToObj(_ -> claimed(GatedTask.NAME))
        .toArray(Answer[]::new);
  }

  private static Answer claimed(String type) {
    return RunningWorker.claimed(UUID.randomUUID(), type, "{}");
  }

  private long done() {
    return outcomes().stream().filter(body -> body.contains("\"DONE\"")).count();
  }

  private List<String> outcomes() {
    return worker.billingService.asked(OUTCOME).stream().map(Asked::body).toList();
  }
}
