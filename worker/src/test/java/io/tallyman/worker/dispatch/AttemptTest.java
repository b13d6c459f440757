package io.tallyman.worker.dispatch;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.CLAIM;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.HEARTBEAT;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.LEAVE;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.OUTCOME;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.kit.disk.DiskFull;
import io.tallyman.worker.billingservice.StandInBillingService;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.billingservice.StandInBillingService.Asked;
import io.tallyman.worker.billingservice.Verdict;
import io.tallyman.worker.sheet.file.TestStore;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class AttemptTest {
  private RunningWorker worker;
  private StandInBillingService billingService;
  private TestQueue queue;

  @BeforeEach
  void start(@TempDir Path store) throws Exception {
    worker = new RunningWorker(store);
    billingService = worker.billingService;
    queue = new TestQueue(worker.broker());
  }

  @AfterEach
  void stop() {
    queue.close();
    worker.close();
  }

  @Test
  void reportsTheSheetThatStandsInTheStore() throws Exception {
    worker.work().open();
    queue.dispatch(worker.task);

    Asked outcome = worker.awaitOutcome();
    assertThat(outcome.text("outcome")).isEqualTo("DONE");
    assertThat(outcome.uri()).hasPath("/internal/tasks/" + worker.task + "/attempts/1/outcome");
    assertThat(outcome.body())
        .contains(
            """
            "progress":{"phase":"writing","unit":"rows","done":1,"total":2}}\
            """);
    assertThat(worker.sheet).hasContent("name\r\na row\r\n");
  }

  @Test
  void heartbeatCarriesTheProgress() throws Exception {
    queue.dispatch(worker.task);
    worker.awaitWorking();

    await()
        .untilAsserted(
            () ->
                assertThat(billingService.asked(HEARTBEAT))
                    .extracting(Asked::body)
                    .contains(
                        """
                        {"progress":{"phase":"writing","unit":"rows","done":1,"total":2}}\
                        """));
  }

  @Test
  void heartbeatWithoutAnswerChangesNothing() throws Exception {
    billingService.answer(HEARTBEAT, Answer.of(503), Answer.NONE, Answer.of(500));
    queue.dispatch(worker.task);
    worker.awaitCalls(HEARTBEAT, 4);
    worker.work().open();

    assertThat(worker.awaitOutcome().text("outcome")).isEqualTo("DONE");
  }

  @Test
  void verdictOfANewerReleaseChangesNothing() throws Exception {
    billingService.answer(
        HEARTBEAT, Answer.json(200, "{\"added_later\": 1, \"verdict\": \"PAUSED\"}"));
    queue.dispatch(worker.task);
    worker.awaitCalls(HEARTBEAT, 4);
    worker.work().open();

    assertThat(worker.awaitOutcome().text("outcome")).isEqualTo("DONE");
  }

  @ParameterizedTest
  @EnumSource(value = Verdict.class, mode = Mode.EXCLUDE, names = "CONTINUE")
  void attemptThatIsNotWantedLeavesNothingAndReportsNothing(Verdict verdict) throws Exception {
    billingService.answer(HEARTBEAT, Answer.verdict(Verdict.CONTINUE), Answer.verdict(verdict));
    queue.dispatch(worker.task);
    queue.dispatch(worker.task);

    worker.awaitCalls(CLAIM, 2);
    assertThat(worker.work().runs()).isOne();
    assertThat(TestStore.files(requireNonNull(worker.sheet.getParent()))).isEmpty();
    assertThat(billingService.asked(OUTCOME)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"superseded", "revoked"})
  void sheetOfAnAttemptThatDoesNotCountIsDeleted(String slug) throws Exception {
    billingService.answer(OUTCOME, Answer.problem(409, slug));
    worker.work().open();
    queue.dispatch(worker.task);
    queue.dispatch(worker.task);

    worker.awaitCalls(CLAIM, 2);
    assertThat(TestStore.files(requireNonNull(worker.sheet.getParent()))).isEmpty();
    assertThat(billingService.asked(OUTCOME)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409, 422})
  void sheetIsKeptWhereTheOutcomeIsRefusedForAnyOtherReason(int status) throws Exception {
    billingService.answer(OUTCOME, Answer.problem(status, "something-else"));
    worker.work().open();
    queue.dispatch(worker.task);
    queue.dispatch(worker.task);

    worker.awaitCalls(CLAIM, 2);
    assertThat(worker.sheet).exists();
    assertThat(billingService.asked(OUTCOME)).hasSize(1);
  }

  @Test
  void outcomeWithoutAnswerIsRepeatedAndTheSheetKept() throws Exception {
    billingService.answer(
        OUTCOME, Answer.of(503), Answer.NONE, Answer.of(500), Answer.of(421), Answer.of(200));
    worker.work().open();
    queue.dispatch(worker.task);
    queue.dispatch(worker.task);

    worker.awaitCalls(CLAIM, 2);
    assertThat(billingService.asked(OUTCOME))
        .hasSize(5)
        .extracting(Asked::body)
        .containsOnly(billingService.asked(OUTCOME).getFirst().body());
    assertThat(worker.sheet).exists();
  }

  @Test
  void outcomeThatIsBeingAppliedIsAskedForAgainUnderAHeartbeat() throws Exception {
    billingService.answer(OUTCOME, Answer.of(202), Answer.of(202), Answer.of(200));
    worker.work().open();
    queue.dispatch(worker.task);

    worker.awaitCalls(OUTCOME, 3);
    assertThat(billingService.asked(HEARTBEAT).getLast().body()).contains("applying");
    assertThat(worker.sheet).exists();
  }

  @Test
  void taskTypeOfANewerReleaseIsLeftToOthers() throws Exception {
    billingService.answer(CLAIM, worker.claimed("billing.forecast"));
    queue.dispatch(worker.task);

    Asked outcome = worker.awaitOutcome();
    assertThat(outcome.text("outcome")).isEqualTo("RETRY");
    assertThat(outcome.body()).contains("urn:tallyman:problem:unknown-task-type");
  }

  @Test
  void takingAnImportBackIsLeftToBillingService() throws Exception {
    String parameters = "{\"import_id\": \"" + worker.task + "\"}";
    billingService.answer(CLAIM, worker.claimed("billing.undo_import", parameters));
    queue.dispatch(worker.task);

    assertThat(worker.awaitOutcome().body())
        .isEqualTo(
            """
            {"outcome":"DONE","sheet":null,"result":null,"progress":null}\
            """);
  }

  @Test
  void unexpectedFailureIsRetriedAndKeptInside() throws Exception {
    billingService.answer(CLAIM, worker.claimed(BrokenTask.NAME));
    queue.dispatch(worker.task);

    Asked outcome = worker.awaitOutcome();
    assertThat(outcome.text("outcome")).isEqualTo("RETRY");
    assertThat(outcome.body())
        .contains("urn:tallyman:problem:worker-error")
        .doesNotContain(BrokenTask.SECRET);
  }

  @Test
  void fullStoreIsToldAndWaitedOut() throws Exception {
    worker.brokenWork().failWith(new UncheckedIOException(new DiskFull(null)));
    billingService.answer(CLAIM, worker.claimed(BrokenTask.NAME));
    queue.dispatch(worker.task);

    Asked outcome = worker.awaitOutcome();
    assertThat(outcome.text("outcome")).isEqualTo("RETRY");
    assertThat(outcome.body()).contains("urn:tallyman:problem:store-full", "\"outage\":true");
  }

  @Test
  void shutdownGivesTheTaskBackAndLeaves() throws Exception {
    queue.dispatch(worker.task);
    worker.awaitWorking();
    worker.shutDown();

    assertThat(billingService.asked(OUTCOME))
        .extracting(Asked::body)
        .containsExactly("{\"outcome\":\"RELEASED\"}");
    assertThat(TestStore.files(requireNonNull(worker.sheet.getParent()))).isEmpty();
    assertThat(billingService.asked(LEAVE))
        .singleElement()
        .satisfies(leave -> assertThat(leave.uri()).hasPath("/internal/workers/worker-1"));
  }
}
