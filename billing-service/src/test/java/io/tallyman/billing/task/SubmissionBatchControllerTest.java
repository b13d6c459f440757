package io.tallyman.billing.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of many requests in one call. */
final class SubmissionBatchControllerTest {
  private static final String VALID =
      "{'task': 'billing.sheet', 'parameters': {'billing_date': '2022-03-31'}}";

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void eachIsAcceptedAsIfItWereSubmittedAlone() {
    List<JsonNode> answers = answers(submission("one", VALID), submission("two", VALID));

    assertThat(answers)
        .allSatisfy(
            answer -> {
              JsonNode task = Objects.requireNonNull(answer.get("task"));
              String id = Objects.requireNonNull(task.get("task_id")).getStringValue();
              assertThat(SERVICE.get("/tasks/" + id).json().get("parameters"))
                  .isEqualTo(task.get("parameters"));
            });
    assertThat(answers).extracting(answer -> text(answer, "task_id")).doesNotHaveDuplicates();
  }

  @Test
  void eachKeepsTheIdOfItsRequest() {
    List<JsonNode> answers =
        answers(submission("one", VALID), submission("two", VALID), submission(null, VALID));

    assertThat(answers)
        .extracting(answer -> requestId(text(answer, "task_id")))
        .containsExactly("one", "two", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'task': 'billing.sheet', 'parameters': {'billing_date': 'soon'}}",
        "{'task': 'billing.sheet', 'parameters': {'billing_date': '2022-03-31'}, 'priority': 10}",
        "{'task': 'billing.sheet', 'parameters': {'billing_date': '2022-03-31'},"
            + " 'eta': '+12022-03-31T00:00:00Z'}",
        "{'task': 'billing.sheet', 'parameters': null}",
        "{'task': '', 'parameters': {}}",
        "{'task': 'billing.nothing', 'parameters': {}}",
        "{'task': 'billing.import', 'parameters': {}}"
      })
  void whatIsNotValidIsLeftOutAndHarmsNoOther(String invalid) {
    List<JsonNode> answers =
        answers(submission("a", VALID), submission("b", invalid), submission("c", VALID));

    assertThat(text(answers.get(0), "status")).isEqualTo("PENDING");
    assertThat(answers.get(1).get("task")).isEqualTo(JsonNode.nullNode());
    assertThat(answers.get(1).get("problem")).isEqualTo(JsonNode.nullNode());
    assertThat(requestId(text(answers.get(2), "task_id"))).isEqualTo("c");
    assertThat(SERVICE.count("task")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'task': 'billing.sheet', 'parameters': {}, 'eta': 'soon'}", "7", "null"})
  void callThatCannotBeReadStoresNothing(String unreadable) {
    Answer refused = submit(submission("a", VALID), submission("b", unreadable));

    assertThat(refused.status()).isBetween(400, 422);
    assertThat(SERVICE.count("task")).isZero();
  }

  @Test
  void requestIdThatIsNotSafeInALogIsRefused() {
    Answer refused = submit(submission("a", VALID), submission("b\\nc", VALID));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(SERVICE.count("task")).isZero();
  }

  @Test
  void atMostAHundredAreAcceptedAtOnce() {
    String[] hundred = Collections.nCopies(100, submission("a", VALID)).toArray(String[]::new);
    String[] more = Collections.nCopies(101, submission("a", VALID)).toArray(String[]::new);

    assertThat(answers(hundred)).hasSize(100);
    assertThat(submit(more).status()).isEqualTo(422);
    assertThat(SERVICE.count("task")).isEqualTo(100);
  }

  @Test
  void noneIsAnsweredWithNone() {
    assertThat(answers()).isEmpty();
  }

  private static String text(JsonNode answer, String field) {
    JsonNode task = Objects.requireNonNull(answer.get("task"));
    return Objects.requireNonNull(task.get(field)).getStringValue();
  }

  private static String requestId(String task) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select("SELECT request_id FROM task WHERE id = ?::uuid", task)
                    .mapTo(String.class)
                    .one());
  }

  private static String submission(@Nullable String request, String task) {
    return "{'request_id': %s, 'task': %s}"
        .formatted(request == null ? null : "'" + request + "'", task);
  }

  private static List<JsonNode> answers(String... submissions) {
    Answer answer = submit(submissions);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<JsonNode> all = new ArrayList<>();
    Objects.requireNonNull(answer.json().get("answers")).values().forEach(all::add);
    return all;
  }

  private static Answer submit(String... submissions) {
    return SERVICE.post(
        "/task-submissions",
        "{'submissions': [%s]}".formatted(String.join(", ", submissions)).replace('\'', '"'));
  }
}
