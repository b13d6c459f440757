package io.tallyman.billing.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.testkit.TokenIssuer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients cancel and retry all tasks that match a filter, and a worker does it step by step. */
final class BulkTasksTest {
  @AutoClose private static final TokenIssuer ISSUER = new TokenIssuer();

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.user-service.url", ISSUER.url()));

  private static final String ADA = ISSUER.authorization(3, "clerk");
  private static final String ADMIN = ISSUER.authorization(1, "admin");

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void begin() {
    SERVICE.forget();
  }

  @Test
  void tasksAreFixedWhenItIsSubmitted() {
    UUID first = worker.submit();
    UUID second = worker.submit();
    UUID ended = worker.submit();
    worker.cancel(ended);

    Answer accepted = SERVICE.post("/tasks/cancel", "{\"status\": \"-SUCCESS\"}");
    UUID later = worker.submit();

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("task")).isEqualTo("tasks.cancel");
    assertThat(accepted.text("parameters", "tasks")).isEqualTo("2");
    assertThat(accepted.text("parameters", "filter", "status")).isEqualTo("-SUCCESS");
    Answer step = stepOf(accepted);
    assertThat(step.text("done")).isEqualTo("2");
    assertThat(step.text("total")).isEqualTo("2");
    assertThat(worker.status(first)).isEqualTo("REVOKED");
    assertThat(worker.status(second)).isEqualTo("REVOKED");
    assertThat(worker.status(later)).isEqualTo("PENDING");
    assertThat(SERVICE.get("/tasks/" + first + "/events").body()).contains("\"cancelled\"");
  }

  @Test
  void resultCountsWhatWasLeftAsItIs() {
    UUID ends = worker.submit();
    UUID waits = worker.submit();
    Answer accepted = SERVICE.post("/tasks/cancel", "{\"task\": \"billing.sheet\"}");
    worker.claim(ends);
    worker.done(ends, 1);

    UUID id = id(accepted);
    Answer step = stepOf(accepted);
    Answer outcome =
        worker.outcome(
            id,
            1,
            """
            {"outcome": "DONE", "sheet": null,
             "result": {"tasks": 2, "changed": 1, "refused": [{"code": "task-ended", "tasks": 1}]}}
            """);

    assertThat(outcome.status()).isEqualTo(200);
    assertThat(step.text("result", "changed")).as(step.body()).isEqualTo("1");
    assertThat(worker.task(id).text("status")).isEqualTo("SUCCESS");
    assertThat(worker.task(id).body()).contains("{\"code\":\"task-ended\",\"tasks\":1}");
    assertThat(worker.status(ends)).isEqualTo("SUCCESS");
    assertThat(worker.status(waits)).isEqualTo("REVOKED");
  }

  @Test
  void eachStepIsABatchAndNoTaskIsChangedTwice() {
    addFailed(BulkTasks.BATCH + 50);
    Answer accepted = SERVICE.post("/tasks/retry", "{\"status\": \"FAILURE\"}");
    UUID id = id(accepted);
    worker.claim(id);

    assertThat(step(id, 1).text("done")).isEqualTo("" + BulkTasks.BATCH);
    assertThat(step(id, 1).text("done")).isEqualTo("" + (BulkTasks.BATCH + 50));
    Answer last = step(id, 1);

    assertThat(last.text("done")).isEqualTo("" + (BulkTasks.BATCH + 50));
    assertThat(last.text("result", "changed")).isEqualTo("" + (BulkTasks.BATCH + 50));
    assertThat(SERVICE.count("task WHERE retry_of IS NOT NULL")).isEqualTo(BulkTasks.BATCH + 50);
    assertThat(
            SERVICE.count("(SELECT DISTINCT retry_of FROM task) AS one WHERE retry_of IS NOT NULL"))
        .isEqualTo(BulkTasks.BATCH + 50);
  }

  @Test
  void secondRetryOfAllChoosesNothing() {
    addFailed(2);
    Answer first = SERVICE.post("/tasks/retry", "{\"status\": \"FAILURE\"}");
    Answer atTheSameTime = SERVICE.post("/tasks/retry", "{\"status\": \"FAILURE\"}");

    assertThat(stepOf(first).text("result", "changed")).isEqualTo("2");
    Answer other = stepOf(atTheSameTime);
    assertThat(other.text("result", "changed")).isEqualTo("0");
    assertThat(other.body()).contains("{\"code\":\"retried-before\",\"tasks\":2}");
    assertThat(SERVICE.get("/tasks/count?status=FAILURE").text("retry")).isEqualTo("0");
    assertThat(SERVICE.count("task WHERE retry_of IS NOT NULL")).isEqualTo(2);
  }

  @Test
  void importWhoseUploadIsGoneIsLeftAsItIs() throws IOException {
    UUID cancelled = worker.submitImport();
    worker.cancel(cancelled);
    Files.delete(SERVICE.upload(cancelled));

    Answer step = stepOf(SERVICE.post("/tasks/retry", "{\"task\": \"billing.import\"}"));

    assertThat(step.text("result", "changed")).isEqualTo("0");
    assertThat(step.body()).contains("{\"code\":\"upload-expired\",\"tasks\":1}");
  }

  @Test
  void cancelledBulkTaskStopsAndItsRetryGoesOn() {
    addFailed(BulkTasks.BATCH + 1);
    UUID id = id(SERVICE.post("/tasks/retry", "{\"status\": \"FAILURE\"}"));
    worker.claim(id);
    step(id, 1);

    worker.cancel(id);
    Answer refused = step(id, 1);

    assertThat(refused.problem()).isEqualTo("revoked");
    assertThat(SERVICE.count("task WHERE task <> 'tasks.retry' AND retry_of IS NOT NULL"))
        .isEqualTo(BulkTasks.BATCH);
    Answer step = stepOf(SERVICE.post("/tasks/" + id + "/retry", ""));
    assertThat(step.text("done")).isEqualTo("" + (BulkTasks.BATCH + 1));
    assertThat(SERVICE.count("task WHERE task <> 'tasks.retry' AND retry_of IS NOT NULL"))
        .isEqualTo(BulkTasks.BATCH + 1);
  }

  @Test
  void clerkChangesOwnTasksOnly() {
    UUID ofNobody = worker.submit();
    UUID ofAda = id(post("/tasks", ADA, sheet()));

    assertThat(get("/tasks/count?task=billing.sheet", ADA).text("cancel")).isEqualTo("1");
    assertThat(get("/tasks/count?task=billing.sheet", ADMIN).text("cancel")).isEqualTo("2");
    stepOf(post("/tasks/cancel", ADA, "{\"task\": \"billing.sheet\"}"));

    assertThat(worker.status(ofAda)).isEqualTo("REVOKED");
    assertThat(worker.status(ofNobody)).isEqualTo("PENDING");
  }

  @Test
  void newTasksAreOfTheUserWhoRetriesAndTheAuditLogHasOneEvent() {
    addFailed(3);

    UUID id = id(post("/tasks/retry", ADMIN, "{\"status\": \"FAILURE\"}"));
    worker.claim(id);
    step(id, 1);

    assertThat(SERVICE.count("task WHERE retry_of IS NOT NULL AND submitted_by = '1'"))
        .isEqualTo(3);
    assertThat(
            SERVICE.count("audit_event WHERE which = ? AND what = 'tasks.retried'", id.toString()))
        .isOne();
    assertThat(SERVICE.count("audit_event WHERE what = 'task.retried'")).isZero();
  }

  @Test
  void bulkTasksDoNotChangeEachOther() {
    SERVICE.post("/tasks/cancel", "{\"task\": \"billing.sheet\"}");

    assertThat(SERVICE.get("/tasks/count?status=PENDING").text("cancel")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/tasks/cancel | {} | submitted_by",
        "/tasks/cancel | {\"status\": \"pending\"} | /status",
        "/tasks/retry | {\"task\": \"none\"} | /task",
        "/tasks/retry | {\"from\": \"+10000-01-01T00:00:00Z\"} | /from"
      })
  void filterMustBeGivenAndValid(String path, String body, String pointer) {
    worker.submit();

    Answer refused = SERVICE.post(path, body);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains(pointer);
    assertThat(SERVICE.count("bulk_task")).isZero();
  }

  @Test
  void tooManyMatchesAreRefused() {
    addFailed(BulkTasks.MOST + 1);

    Answer refused = SERVICE.post("/tasks/retry", "{\"status\": \"FAILURE\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("too-many-matches");
    assertThat(SERVICE.get("/tasks/count?status=FAILURE").text("retry"))
        .isEqualTo("" + (BulkTasks.MOST + 1));
  }

  private static void addFailed(int tasks) {
    SERVICE.execute(
        """
        INSERT INTO task (id, task, parameters, status, priority, due_at, max_attempts, event_seq,
          date_done, expires_at)
        SELECT gen_random_uuid(), 'billing.sheet', '{"billing_date": "2022-03-31"}', 'FAILURE', 4,
          now(), 3, 1, now(), now() + interval '1 day'
        FROM generate_series(1, ?)
        """,
        tasks);
  }

  /** Begins the first attempt of a bulk task and does a step. */
  private Answer stepOf(Answer accepted) {
    UUID id = id(accepted);
    worker.claim(id);
    return step(id, 1);
  }

  private static Answer step(UUID id, int attempt) {
    return SERVICE.post("/internal/tasks/%s/attempts/%d/bulk-steps".formatted(id, attempt), "");
  }

  private static UUID id(Answer accepted) {
    return UUID.fromString(accepted.text("task_id"));
  }

  private static String sheet() {
    return "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2022-03-31\"}}";
  }

  private static Answer get(String path, String authorization) {
    return SERVICE.send(request(path, authorization));
  }

  private static Answer post(String path, String authorization, String json) {
    return SERVICE.send(request(path, authorization).POST(BodyPublishers.ofString(json)));
  }

  private static HttpRequest.Builder request(String path, String authorization) {
    return HttpRequest.newBuilder(SERVICE.uri(path))
        .header("Content-Type", "application/json")
        .header("Authorization", authorization);
  }
}
