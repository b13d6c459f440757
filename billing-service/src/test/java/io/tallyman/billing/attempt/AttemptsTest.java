package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.store.StoreNames;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims and outcomes of workers over HTTP. */
final class AttemptsTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submit();

  @Test
  void claimTellsAllThatTheWorkerNeeds() {
    Answer claimed = worker.claim(id);

    assertThat(claimed.status()).isEqualTo(200);
    assertThat(claimed.text("task_id")).isEqualTo(id.toString());
    assertThat(claimed.text("attempt")).isEqualTo("1");
    assertThat(claimed.text("parameters", "billing_date")).isEqualTo("2022-03-31");
    assertThat(claimed.text("sheet_file")).isEqualTo(StoreNames.sheet(id, 1));
    assertThat(claimed.text("upload_file")).isEqualTo("null");
    assertThat(worker.status(id)).isEqualTo("STARTED");
  }

  @Test
  void sameClaimGetsTheSameAttempt() {
    UUID claimId = UUID.randomUUID();
    Answer first = worker.claim(id, claimId, 0);

    Answer again = worker.claim(id, claimId, 0);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void anotherClaimIsRefused() {
    worker.claim(id);

    refused(worker.claim(id), 409, "claim-refused");
  }

  @Test
  void claimWithAnOlderDispatchNumberIsRefused() {
    SERVICE.execute("UPDATE task SET dispatch_no = 2 WHERE id = ?", id);

    refused(worker.claim(id, UUID.randomUUID(), 1), 409, "claim-refused");
    assertThat(worker.claim(id, UUID.randomUUID(), 2).status()).isEqualTo(200);
  }

  @Test
  void claimBeforeTheTaskIsDueIsRefused() {
    UUID later = worker.submit(TestWorker.notDue());

    refused(worker.claim(later), 409, "claim-refused");
    assertThat(worker.status(later)).isEqualTo("PENDING");
  }

  @Test
  void unknownTaskIsNotFound() {
    UUID unknown = UUID.randomUUID();

    refused(worker.claim(unknown, UUID.randomUUID(), 0), 404, "unknown-task-id");
    refused(worker.heartbeat(unknown, 1, 1), 404, "unknown-task-id");
    refused(worker.outcome(unknown, 1, TestWorker.RETRY), 404, "unknown-task-id");
    refused(worker.task(unknown), 404, "unknown-task-id");
  }

  @Test
  void claimWithoutItsIdIsInvalid() {
    Answer refused =
        SERVICE.post(
            "/internal/tasks/" + id + "/attempts",
            """
            {"worker_id": "worker-1", "dispatch_no": 0}
            """);

    refused(refused, 422, "invalid-fields");
  }

  @Test
  void attemptThatFailedIsFollowedByAnotherAfterAPause() {
    worker.claim(id);

    assertThat(worker.outcome(id, 1, TestWorker.RETRY).status()).isEqualTo(200);

    Answer task = worker.task(id);
    assertThat(task.text("status")).isEqualTo("RETRY");
    assertThat(task.text("error", "type")).isEqualTo("urn:tallyman:problem:rows-interrupted");
    assertThat(task.text("error", "retryable")).isEqualTo("true");
    assertThat(
            SERVICE.count(
                "task WHERE id = ? AND dispatched_at IS NULL AND due_at BETWEEN updated_at -"
                    + " interval '1s' AND updated_at + interval '1s'",
                id))
        .isOne();
    makeDue();
    assertThat(worker.claim(id).text("attempt")).isEqualTo("2");
  }

  @Test
  void lastAttemptThatFailedFailsTheTask() {
    SERVICE.execute("UPDATE task SET max_attempts = 1 WHERE id = ?", id);
    worker.claim(id);

    worker.outcome(id, 1, TestWorker.RETRY);

    Answer task = worker.task(id);
    assertThat(task.text("status")).isEqualTo("FAILURE");
    assertThat(task.text("error", "retryable")).isEqualTo("true");
    assertThat(task.text("date_done")).isNotEqualTo("null");
    assertThat(task.text("expires_at")).isGreaterThan(task.text("date_done"));
  }

  @Test
  void attemptThatFailedInAnOutageIsNotCounted() {
    SERVICE.execute("UPDATE task SET max_attempts = 1 WHERE id = ?", id);
    worker.claim(id);

    worker.outcome(id, 1, TestWorker.OUTAGE);

    Answer task = worker.task(id);
    assertThat(task.text("status")).isEqualTo("RETRY");
    assertThat(task.text("error", "type")).isEqualTo("urn:tallyman:problem:store-failed");
    assertThat(task.text("max_attempts")).isEqualTo("2");
  }

  @Test
  void outageThatLastsTooLongFailsTheTask() {
    SERVICE.execute("UPDATE task SET max_attempts = 1 WHERE id = ?", id);
    worker.claim(id);
    SERVICE.execute("UPDATE task SET started_at = now() - interval '61 minutes' WHERE id = ?", id);

    worker.outcome(id, 1, TestWorker.OUTAGE);

    Answer task = worker.task(id);
    assertThat(task.text("status")).isEqualTo("FAILURE");
    assertThat(task.text("error", "type")).isEqualTo("urn:tallyman:problem:store-failed");
  }

  @Test
  void attemptThatGivesUpFailsTheTaskForGood() {
    worker.claim(id);

    worker.outcome(id, 1, TestWorker.GIVE_UP);

    assertThat(worker.status(id)).isEqualTo("FAILURE");
    assertThat(worker.task(id).text("error", "retryable")).isEqualTo("false");
  }

  @Test
  void attemptThatGivesUpBeforeItsFirstHeartbeatHasProgress() {
    worker.claim(id);
    String progress = "\"progress\": {\"phase\": \"reading\", \"unit\": \"bytes\", \"done\": 7}}";

    worker.outcome(id, 1, TestWorker.GIVE_UP.replaceFirst("}\\s*$", ", " + progress));

    Answer task = worker.task(id);
    assertThat(task.text("status")).as(task.body()).isEqualTo("FAILURE");
    assertThat(task.text("progress", "phase")).isEqualTo("reading");
    assertThat(task.text("progress", "done")).isEqualTo("7");
  }

  @Test
  void releaseSpendsNoAttemptAndMakesTheTaskDueAtOnce() {
    SERVICE.execute("UPDATE task SET max_attempts = 1 WHERE id = ?", id);
    worker.claim(id);

    assertThat(worker.outcome(id, 1, TestWorker.RELEASED).status()).isEqualTo(200);

    assertThat(worker.status(id)).isEqualTo("PENDING");
    assertThat(worker.claim(id).text("attempt")).isEqualTo("2");
    worker.done(id, 2);
    assertThat(worker.status(id)).isEqualTo("SUCCESS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RETRY", "GIVE_UP", "RELEASED"})
  void repeatedOutcomeGetsTheSameAnswerAndChangesNothing(String kind) {
    worker.claim(id);
    String outcome = outcome(kind);
    worker.outcome(id, 1, outcome);
    String before = worker.status(id);

    assertThat(worker.outcome(id, 1, outcome).status()).isEqualTo(200);

    assertThat(worker.status(id)).isEqualTo(before);
    assertThat(events()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "RETRY, GIVE_UP",
    "RETRY, RELEASED",
    "RELEASED, RETRY",
    "RELEASED, GIVE_UP",
    "GIVE_UP, RELEASED"
  })
  void outcomeAfterAnotherOneIsNotTaken(String first, String second) {
    worker.claim(id);
    worker.outcome(id, 1, outcome(first));
    String before = withoutPosition(worker.task(id).body());

    refused(worker.outcome(id, 1, outcome(second)), 409, "superseded");

    assertThat(withoutPosition(worker.task(id).body())).isEqualTo(before);
  }

  /** A task that is to be retried gets a position in the queue when it is due. */
  private static String withoutPosition(String task) {
    return task.replaceFirst("\"queue_position\":(null|0)", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RETRY", "GIVE_UP", "RELEASED"})
  void outcomeAfterTheLeaseWasTakenAwayIsNotTaken(String kind) {
    worker.claim(id);
    TaskError lost = TaskError.passing("worker-lost", "The worker was lost", "so");
    SERVICE
        .jdbi()
        .useTransaction(tx -> SERVICE.bean(TaskTransitions.class).postponeOrFail(tx, id, 1, lost));

    refused(worker.outcome(id, 1, outcome(kind)), 409, "superseded");

    assertThat(worker.task(id).text("error", "type")).isEqualTo("urn:tallyman:problem:worker-lost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RETRY", "GIVE_UP", "RELEASED", "DONE"})
  void outcomeOfASupersededAttemptChangesNothing(String kind) {
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RETRY);
    makeDue();
    worker.claim(id);

    Answer answer = kind.equals("DONE") ? worker.done(id, 1) : worker.outcome(id, 1, outcome(kind));

    refused(answer, 409, "superseded");
    assertThat(worker.status(id)).isEqualTo("STARTED");
    assertThat(worker.verdict(id, 2)).isEqualTo("CONTINUE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RETRY", "GIVE_UP", "RELEASED", "DONE"})
  void outcomeAfterACancelIsRefusedAsRevoked(String kind) {
    worker.claim(id);
    worker.cancel(id);

    Answer answer = kind.equals("DONE") ? worker.done(id, 1) : worker.outcome(id, 1, outcome(kind));

    refused(answer, 409, "revoked");
    assertThat(worker.status(id)).isEqualTo("REVOKED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"outcome\": \"RETRY\"}",
        "{\"outcome\": \"GIVE_UP\", \"error\": {\"title\": \"no type\"}}"
      })
  void outcomeThatSaysTooLittleIsInvalid(String outcome) {
    worker.claim(id);

    assertThat(worker.outcome(id, 1, outcome).status()).isEqualTo(422);
    assertThat(worker.status(id)).isEqualTo("STARTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"outcome\": \"PERHAPS\"}", "{}", "DONE"})
  void outcomeOfNoKnownKindIsMalformed(String outcome) {
    worker.claim(id);

    refused(worker.outcome(id, 1, outcome), 400, "malformed-body");
    assertThat(worker.status(id)).isEqualTo("STARTED");
  }

  @Test
  void eventsTellEveryMoveWithoutAGap() {
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RETRY);
    makeDue();
    worker.claim(id);
    worker.outcome(id, 2, TestWorker.RELEASED);
    worker.claim(id);
    worker.done(id, 3);
    worker.done(id, 3);

    assertThat(events())
        .containsExactly(
            "1 PENDING",
            "2 STARTED",
            "3 RETRY",
            "4 STARTED",
            "5 PENDING",
            "6 STARTED",
            "7 SUCCESS");
  }

  private void makeDue() {
    SERVICE.execute("UPDATE task SET due_at = now() WHERE id = ?", id);
  }

  private List<String> events() {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select(
                        "SELECT seq || ' ' || status FROM task_event WHERE task_id = ? ORDER BY"
                            + " seq",
                        id)
                    .mapTo(String.class)
                    .list());
  }

  private static String outcome(String kind) {
    return switch (kind) {
      case "RETRY" -> TestWorker.RETRY;
      case "GIVE_UP" -> TestWorker.GIVE_UP;
      case "RELEASED" -> TestWorker.RELEASED;
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static void refused(Answer answer, int status, String problem) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
  }
}
