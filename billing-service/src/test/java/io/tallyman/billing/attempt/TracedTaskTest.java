package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A worker gets the id of the request that submitted its task, for its log. */
final class TracedTaskTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String JSON = "application/json";
  private static final String SHEET =
      "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2022-03-31\"}}";

  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void claimTellsTheRequestThatTheTaskWasSubmittedWith() {
    UUID id = id(post("/tasks", JSON, SHEET, "a-submit").json());

    assertThat(worker.claim(id).text("request_id")).isEqualTo("a-submit");
  }

  @Test
  void repeatedClaimTellsItToo() {
    UUID id = id(post("/tasks", JSON, SHEET, "a-submit").json());
    UUID claimId = UUID.randomUUID();
    worker.claim(id, claimId, 0);

    assertThat(worker.claim(id, claimId, 0).text("request_id")).isEqualTo("a-submit");
  }

  @Test
  void tasksOfAGroupHaveTheRequestOfTheGroup() {
    String group = "{\"tasks\": [%s, %s]}".formatted(SHEET, SHEET);
    JsonNode tasks = post("/task-groups", JSON, group, "a-group").json().get("tasks");

    for (JsonNode task : Objects.requireNonNull(tasks).values()) {
      assertThat(worker.claim(id(task)).text("request_id")).isEqualTo("a-group");
    }
  }

  @Test
  void retryHasItsOwnRequest() {
    UUID cancelled = id(post("/tasks", JSON, SHEET, "a-submit").json());
    worker.cancel(cancelled);

    UUID retry = id(post("/tasks/" + cancelled + "/retry", JSON, "", "a-retry").json());

    assertThat(worker.claim(retry).text("request_id")).isEqualTo("a-retry");
  }

  @Test
  void importAndItsUndoHaveEachTheirOwnRequest() {
    UUID done = id(post("/imports", "text/csv", "date_billed\r\n", "an-import").json());
    assertThat(worker.claim(done).text("request_id")).isEqualTo("an-import");
    worker.stage(done, 1, "2,Oak,,,2022-03-31,10.00,GBP,1\n");
    worker.imported(done, 1, 1);

    UUID undo = id(post("/imports/" + done + "/undo", JSON, "", "an-undo").json());

    assertThat(worker.claim(undo).text("request_id")).isEqualTo("an-undo");
  }

  /** A task that an older release accepted has no request id. */
  @Test
  void taskWhoseRequestNobodyKnowsIsClaimedAllTheSame() {
    UUID id = worker.submit();
    SERVICE.execute("UPDATE task SET request_id = NULL WHERE id = ?", id);

    assertThat(worker.claim(id).text("request_id")).isEqualTo("null");
  }

  @Test
  void requestIsNoPartOfTheTaskThatClientsSee() {
    Answer submitted = post("/tasks", JSON, SHEET, "a-submit");

    assertThat(submitted.body()).doesNotContain("request_id");
    assertThat(worker.task(id(submitted.json())).body()).doesNotContain("request_id");
  }

  private static Answer post(String path, String type, String body, String requestId) {
    return SERVICE.send(
        HttpRequest.newBuilder(SERVICE.uri(path))
            .header("Content-Type", type)
            .header("X-Request-Id", requestId)
            .POST(BodyPublishers.ofString(body)));
  }

  private static UUID id(JsonNode task) {
    return UUID.fromString(Objects.requireNonNull(task.get("task_id")).getStringValue());
  }
}
