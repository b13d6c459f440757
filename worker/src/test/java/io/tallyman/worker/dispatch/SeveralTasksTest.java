package io.tallyman.worker.dispatch;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.CLAIM;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.OUTCOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.worker.billingservice.BillingServiceClient.Report;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.billingservice.StandInBillingService.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages with several tasks, for a worker that may run four attempts at once. */
@Timeout(60)
final class SeveralTasksTest {
  private static final int PLACES = 4;

  private RunningWorker worker;
  private TestQueue queue;

  @BeforeEach
  void start(@TempDir Path store) throws Exception {
    worker = new RunningWorker(store, PLACES - 1);
    queue = new TestQueue(worker.broker());
    worker.billingService.answer(CLAIM, claimed(12));
    await().until(() -> freePlaces() == PLACES);
  }

  @AfterEach
  void stop() {
    queue.close();
    worker.close();
  }

  @Test
  void tasksOfAMessageShareTheClaimAndRunAtOnce() throws Exception {
    queue.dispatchTogether(tasks(PLACES));

    await().until(() -> worker.work().runs() == PLACES);
    assertThat(worker.billingService.batches(CLAIM))
        .singleElement()
        .satisfies(batch -> assertThat(claims(batch)).isEqualTo(PLACES));
    assertThat(worker.slots().report().running()).hasSize(PLACES);
    assertThat(freePlaces()).isZero();

    worker.work().open();
    await().until(() -> outcomes() == PLACES && freePlaces() == PLACES && queue.size() == 0);
  }

  @Test
  void refusedTaskHarmsNoOtherOfItsMessage() throws Exception {
    worker.billingService.answer(
        CLAIM, claimed(), Answer.problem(409, "claim-refused"), claimed(), Answer.of(404));
    worker.work().open();

    queue.dispatchTogether(tasks(PLACES));

    await().until(() -> outcomes() == 2 && freePlaces() == PLACES && queue.size() == 0);
    assertThat(worker.work().runs()).isEqualTo(2);
  }

  @Test
  void onlyTheClaimWithoutAnAnswerIsRepeated() throws Exception {
    worker.billingService.answer(CLAIM, claimed(), Answer.of(503), claimed(), claimed());
    worker.work().open();

    queue.dispatchTogether(tasks(3));

    await().until(() -> outcomes() == 3 && queue.size() == 0);
    List<String> ids =
        worker.billingService.asked(CLAIM).stream().map(claim -> claim.text("claim_id")).toList();
    assertThat(ids).hasSize(4);
    assertThat(ids.get(3)).isEqualTo(ids.get(1));
  }

  @Test
  void messageWithMoreTasksThanPlacesGoesToAnotherWorkerWithTheRest() throws Exception {
    queue.dispatchTogether(tasks(PLACES + 2));

    await().until(() -> worker.work().runs() == PLACES);
    await().until(queue::takeWaiting);
    assertThat(worker.billingService.asked(CLAIM)).hasSize(PLACES);

    worker.work().open();
    await().until(() -> outcomes() == PLACES && freePlaces() == PLACES);
    assertThat(worker.billingService.asked(CLAIM)).hasSize(PLACES);
  }

  @Test
  void messageThatGotNoPlaceIsTakenOnceAttemptsEnd() throws Exception {
    queue.dispatchTogether(tasks(PLACES));
    await().until(() -> worker.work().runs() == PLACES);

    UUID late = UUID.randomUUID();
    queue.dispatch(late);
    worker.awaitCalls(CLAIM, PLACES);
    worker.work().open();

    await().until(() -> outcomes() == PLACES + 1 && queue.size() == 0);
    assertThat(worker.billingService.asked(CLAIM).getLast().uri().getPath())
        .contains(late.toString());
  }

  @Test
  void allTasksOfAMessageAreGivenBackWhenTheWorkerStops() throws Exception {
    queue.dispatchTogether(tasks(3));
    await().until(() -> worker.work().runs() == 3);

    worker.slots().stop();

    assertThat(worker.billingService.asked(OUTCOME))
        .extracting(Asked::body)
        .containsExactly(
            "{\"outcome\":\"RELEASED\"}",
            "{\"outcome\":\"RELEASED\"}",
            "{\"outcome\":\"RELEASED\"}");
  }

  private static List<UUID> tasks(int count) {
    return Stream.generate(UUID::randomUUID).limit(count).toList();
  }

  private static Answer claimed() {
    return RunningWorker.claimed(UUID.randomUUID(), GatedTask.NAME, "{}");
  }

  private static Answer[] claimed(int count) {
    return Stream.generate(SeveralTasksTest::claimed).limit(count).toArray(Answer[]::new);
  }

  private static int claims(JsonNode batch) {
    return Objects.requireNonNull(batch.get("claims")).size();
  }

  private int freePlaces() {
    Report report = worker.slots().report();
    return report.freeSlots() + report.freeLightSlots();
  }

  private int outcomes() {
    return worker.billingService.asked(OUTCOME).size();
  }
}
