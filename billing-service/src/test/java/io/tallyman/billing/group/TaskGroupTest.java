package io.tallyman.billing.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskGroupTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String GOOD =
      "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2022-03-31\"}}";
  private static final String URGENT = GOOD.replaceFirst("}}", "}, \"priority\": 9}");
  private static final String LATER = GOOD.replaceFirst("}}", "}, " + TestWorker.notDue() + "}");

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void acceptedGroupHasItsTasksInTheirOrderAndIsFoundByItsLocation() {
    Answer accepted = submit(GOOD, URGENT, LATER);

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("status")).isEqualTo("PENDING");
    assertThat(accepted.text("counts", "PENDING")).isEqualTo("3");
    assertThat(accepted.text("counts", "REVOKED")).isEqualTo("0");
    assertThat(fields(accepted, "priority")).containsExactly("4", "9", "4");
    assertThat(fields(accepted, "queue_position")).containsOnly("null");
    assertThat(fields(accepted, "group_id")).containsOnly(accepted.text("group_id"));
    Answer found = SERVICE.get(accepted.header("Location"));
    assertThat(fields(found, "queue_position")).containsExactly("1", "0", "null");
    assertThat(found.body().replaceAll("(\"queue_position\":)\\d", "$1null"))
        .isEqualTo(accepted.body());
    UUID first = tasks(accepted).getFirst();
    assertThat(worker.task(first).json()).isEqualTo(task(found, 0));
  }

  @Test
  void groupIsStartedFromItsFirstClaimUntilAllHaveEnded() {
    Answer group = submit(GOOD, GOOD);
    List<UUID> tasks = tasks(group);

    worker.claim(tasks.getFirst());
    assertThat(status(group)).isEqualTo("STARTED");
    worker.done(tasks.getFirst(), 1);
    assertThat(status(group)).isEqualTo("STARTED");
    worker.claim(tasks.getLast());
    worker.done(tasks.getLast(), 1);

    assertThat(status(group)).isEqualTo("SUCCESS");
    assertThat(show(group).text("counts", "SUCCESS")).isEqualTo("2");
  }

  @Test
  void groupFailsOnceAllHaveEndedIfOneDidNotSucceed() {
    Answer group = submit(GOOD, GOOD);
    List<UUID> tasks = tasks(group);

    worker.claim(tasks.getFirst());
    worker.outcome(tasks.getFirst(), 1, TestWorker.GIVE_UP);
    assertThat(status(group)).isEqualTo("STARTED");
    worker.claim(tasks.getLast());
    worker.done(tasks.getLast(), 1);

    assertThat(status(group)).isEqualTo("FAILURE");
  }

  @Test
  void cancelRevokesWhatHasNotEndedAndCanBeRepeated() {
    Answer group = submit(GOOD, GOOD, GOOD);
    List<UUID> tasks = tasks(group);
    worker.claim(tasks.getFirst());
    worker.done(tasks.getFirst(), 1);
    worker.claim(tasks.getLast());

    Answer cancelled = cancel(group);

    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(cancelled.text("status")).isEqualTo("FAILURE");
    assertThat(fields(cancelled, "status")).containsExactly("SUCCESS", "REVOKED", "REVOKED");
    assertThat(worker.verdict(tasks.getLast(), 1)).isEqualTo("REVOKED");
    assertThat(cancel(group).body()).isEqualTo(cancelled.body());
  }

  @Test
  void everyFaultOfEveryTaskIsNamedAndNoTaskIsAccepted() {
    Answer refused =
        submit(
            GOOD,
            "{\"task\": \"billing.shet\", \"parameters\": {}}",
            "{\"task\": \"billing.import\", \"parameters\": {}}",
            GOOD.replace("billing_date", "billing_dat"),
            "{\"task\": \"billing.sheet\", \"parameters\": {\"from\": \"2022-03-31\"},"
                + " \"priority\": 10, \"eta\": \"0000-01-01T00:00:00Z\"}",
            "{\"task\": \" \", \"parameters\": {}}",
            "null");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid-tasks");
    assertThat(refused.text("detail")).contains("6 of 7", "/tasks/1/task");
    assertThat(values(field(refused.json(), "errors"), "pointer"))
        .containsExactlyInAnyOrder(
            "/tasks/1/task",
            "/tasks/2/task",
            "/tasks/3/parameters/billing_dat",
            "/tasks/4/parameters/to",
            "/tasks/4/priority",
            "/tasks/4/eta",
            "/tasks/5/task",
            "/tasks/6");
    assertThat(SERVICE.count("task")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101})
  void groupHasOneToAHundredTasks(int tasks) {
    Answer refused = submit(Collections.nCopies(tasks, GOOD).toArray(String[]::new));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/tasks\"");
    assertThat(SERVICE.count("task")).isZero();
  }

  @Test
  void hundredTasksAreAccepted() {
    Answer accepted = submit(Collections.nCopies(100, GOOD).toArray(String[]::new));

    assertThat(accepted.status()).isEqualTo(202);
    Answer found = SERVICE.get(accepted.header("Location"));
    assertThat(fields(found, "queue_position")).doesNotHaveDuplicates().hasSize(100);
  }

  @Test
  void repeatedRequestGetsTheSameGroup() {
    Answer first = submitOnce("a-key", GOOD, GOOD);
    Answer again = submitOnce("a-key", GOOD, GOOD);

    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.text("group_id")).isEqualTo(first.text("group_id"));
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(SERVICE.count("task")).isEqualTo(2);
  }

  @Test
  void unknownGroupIsNotFound() {
    String unknown = "/task-groups/" + UUID.randomUUID();

    assertThat(SERVICE.get(unknown).problem()).isEqualTo("unknown-group");
    assertThat(SERVICE.post(unknown + "/cancel", "").status()).isEqualTo(404);
  }

  private static Answer submit(String... tasks) {
    return SERVICE.post("/task-groups", "{\"tasks\": [" + String.join(",", tasks) + "]}");
  }

  private static Answer submitOnce(String key, String... tasks) {
    return SERVICE.send(
        HttpRequest.newBuilder(SERVICE.uri("/task-groups"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"tasks\": [" + String.join(",", tasks) + "]}")));
  }

  private static Answer show(Answer group) {
    return SERVICE.get("/task-groups/" + group.text("group_id"));
  }

  private static Answer cancel(Answer group) {
    return SERVICE.post("/task-groups/" + group.text("group_id") + "/cancel", "");
  }

  private static String status(Answer group) {
    return show(group).text("status");
  }

  private static List<UUID> tasks(Answer group) {
    return fields(group, "task_id").stream().map(UUID::fromString).toList();
  }

  private static JsonNode task(Answer group, int index) {
    return Objects.requireNonNull(field(group.json(), "tasks").get(index));
  }

  private static List<String> fields(Answer group, String name) {
    return values(field(group.json(), "tasks"), name);
  }

  private static List<String> values(JsonNode objects, String name) {
    return StreamSupport.stream(objects.values().spliterator(), false)
        .map(object -> field(object, name).coerceStringValue())
        .toList();
  }

  private static JsonNode field(JsonNode object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }
}
