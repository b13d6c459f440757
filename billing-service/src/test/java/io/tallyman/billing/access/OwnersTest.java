package io.tallyman.billing.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.testkit.TokenIssuer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clerks, a viewer and an admin, whose access tokens the gateway forwards. */
final class OwnersTest {
  private static final String SHEET =
      "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2022-03-31\"}}";

  @AutoClose private static final TokenIssuer ISSUER = new TokenIssuer();

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.user-service.url", ISSUER.url()));

  private static final String ADA = ISSUER.authorization(3, "clerk");
  private static final String BEN = ISSUER.authorization(4, "clerk");
  private static final String VIEWER = ISSUER.authorization(5, "viewer");
  private static final String ADMIN = ISSUER.authorization(1, "admin");

  @BeforeEach
  void begin() {
    SERVICE.forget();
  }

  @Test
  void taskSaysWhoSubmittedIt() {
    Answer task = submit(ADA);

    assertThat(task.text("submitted_by")).isEqualTo("3");
    assertThat(SERVICE.get("/tasks/" + submit(null).text("task_id")).text("submitted_by"))
        .isEqualTo("null");
  }

  @Test
  void tasksOfManyRequestsAreOfTheUserWhoSendsThem() {
    String submission = "{\"request_id\": \"a\", \"task\": %s}".formatted(SHEET);

    Answer answer =
        post("/task-submissions", ADA, "{\"submissions\": [%s, %1$s]}".formatted(submission));

    assertThat(answer.body().split("\"submitted_by\":3", -1)).hasSize(3);
    assertThat(post("/task-submissions", "Bearer nothing", "{\"submissions\": []}").status())
        .isEqualTo(401);
  }

  @Test
  void retryIsOfTheUserWhoRetries() {
    String id = submit(ADA).text("task_id");
    assertThat(post("/tasks/%s/cancel".formatted(id), ADA, "").status()).isEqualTo(202);

    Answer retry = post("/tasks/%s/retry".formatted(id), ADMIN, "");

    assertThat(retry.text("submitted_by")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tasks/{id}", "/tasks/{id}/events", "/task-groups/{group}"})
  void clerkDoesNotSeeTheTasksOfOthers(String route) {
    Answer group = post("/task-groups", ADA, "{\"tasks\": [%s, %s]}".formatted(SHEET, SHEET));
    String id = firstTask(group);
    String path = route.replace("{id}", id).replace("{group}", group.text("group_id"));

    assertThat(get(path, ADA).status()).isEqualTo(200);
    assertThat(get(path, VIEWER).status()).isEqualTo(200);
    assertThat(get(path, ADMIN).status()).isEqualTo(200);
    Answer hidden = get(path, BEN);
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.body()).contains("problem:unknown-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tasks/{id}/cancel",
        "/tasks/{id}/retry",
        "/task-groups/{group}/cancel",
        "/imports/{id}/retry",
        "/imports/{id}/undo",
        "/imports/{id}/duplicates"
      })
  void clerkChangesNoTaskOfOthers(String route) {
    Answer group = post("/task-groups", ADA, "{\"tasks\": [%s]}".formatted(SHEET));
    String id = firstTask(group);
    String path = route.replace("{id}", id).replace("{group}", group.text("group_id"));

    assertThat(post(path, BEN, "").status()).isEqualTo(404);
    assertThat(SERVICE.count("task")).isOne();
    assertThat(get("/tasks/" + id, ADA).text("status")).isEqualTo("PENDING");
  }

  @Test
  void listsHaveWhatTheirReaderSees() {
    String ofAda = submit(ADA).text("task_id");
    String ofBen = submit(BEN).text("task_id");
    String ofNobody = submit(null).text("task_id");

    assertThat(ids(get("/tasks", ADA))).containsExactly(ofAda);
    assertThat(ids(get("/tasks", VIEWER))).containsExactly(ofNobody, ofBen, ofAda);
    assertThat(ids(get("/tasks?submitted_by=4", ADMIN))).containsExactly(ofBen);
    assertThat(ids(get("/tasks?submitted_by=4", ADA))).isEmpty();
    assertThat(get("/tasks?submitted_by=ada", ADMIN).status()).isEqualTo(422);
  }

  @Test
  void clerkDoesNotSeeTheSheetsOfOthers() {
    UUID task = UUID.fromString(submit(ADA).text("task_id"));
    UUID sheet = UUID.fromString("0197a3c2-7a00-7000-8000-000000000002");
    SERVICE.execute(
        """
        INSERT INTO sheet (id, task_id, file, file_name, columns, rows, totals, bytes, sha256,
          snapshot_at, expires_at)
        VALUES (?, ?, 'none', 'a.csv', '[]', 0, '[]', 0, '', now(), now() + interval '1 day')
        """,
        sheet,
        task);

    assertThat(get("/sheets/" + sheet, ADA).status()).isEqualTo(200);
    assertThat(get("/sheets/" + sheet, VIEWER).status()).isEqualTo(200);
    assertThat(get("/sheets/" + sheet, BEN).status()).isEqualTo(404);
    assertThat(get("/sheets/%s/content".formatted(sheet), BEN).status()).isEqualTo(404);
    assertThat(get("/sheets", ADA).body()).contains(sheet.toString());
    assertThat(get("/sheets", BEN).body()).doesNotContain(sheet.toString());
  }

  @Test
  void clerkDoesNotCorrectTheImportsOfOthers() {
    String id = submit(ADA).text("task_id");

    Answer refused =
        SERVICE.send(
            HttpRequest.newBuilder(SERVICE.uri("/imports?corrects=" + id))
                .header("Authorization", BEN)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("a,b\n")));

    assertThat(refused.status()).isEqualTo(404);
  }

  @Test
  void idempotencyKeyIsOfItsUser() {
    Answer ofAda = submit(ADA, "the-key");

    assertThat(submit(ADA, "the-key").text("task_id")).isEqualTo(ofAda.text("task_id"));
    assertThat(submit(BEN, "the-key").text("task_id")).isNotEqualTo(ofAda.text("task_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a.b.c", "Bearer ", "Basic YTpi", "Bearer a b"})
  void tokenThatIsNotValidIsRefused(String authorization) {
    Answer refused = get("/tasks", authorization);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).contains("problem:invalid-token");
  }

  private static Answer submit(@Nullable String authorization) {
    return post("/tasks", authorization, SHEET);
  }

  private static Answer submit(String authorization, String key) {
    return SERVICE.send(
        request("/tasks", authorization)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(SHEET)));
  }

  private static Answer get(String path, String authorization) {
    return SERVICE.send(request(path, authorization));
  }

  private static Answer post(String path, @Nullable String authorization, String json) {
    return SERVICE.send(request(path, authorization).POST(BodyPublishers.ofString(json)));
  }

  private static HttpRequest.Builder request(String path, @Nullable String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVICE.uri(path)).header("Content-Type", "application/json");
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private static List<String> ids(Answer list) {
    List<String> ids = new ArrayList<>();
    requireNonNull(list.json().get("data")).values().forEach(task -> ids.add(text(task)));
    return ids;
  }

  /** The id of the only task of a group, or of its first one. */
  private static String firstTask(Answer group) {
    return text(requireNonNull(requireNonNull(group.json().get("tasks")).get(0)));
  }

  private static String text(JsonNode task) {
    return requireNonNull(task.get("task_id")).getStringValue();
  }
}
