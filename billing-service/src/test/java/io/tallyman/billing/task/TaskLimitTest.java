package io.tallyman.billing.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.kit.idempotency.IdempotencyKey;
import io.tallyman.testkit.TokenIssuer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests for new tasks when the limit of unfinished tasks is reached. */
final class TaskLimitTest {
  private static final int MOST = 3;
  private static final int MOST_NOT_DUE = 2;
  private static final int MOST_OF_USER = 2;
  private static final String SHEET =
      "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2022-03-31\"}}";

  @AutoClose private static final TokenIssuer ISSUER = new TokenIssuer();

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of(
              "tallyman.tasks.max-open", MOST,
              "tallyman.tasks.max-not-due", MOST_NOT_DUE,
              "tallyman.tasks.max-open-per-user", MOST_OF_USER,
              "tallyman.user-service.url", ISSUER.url()));

  private final TestWorker worker = new TestWorker(SERVICE);
  private final String key = UUID.randomUUID().toString();

  @BeforeEach
  void forget() {
    SERVICE.forget();
    count();
  }

  @Test
  void taskBeyondTheBoundIsRefusedUntilAnotherHasEnded() {
    UUID first = worker.submit();
    worker.submit();
    worker.claim(worker.submit());
    count();

    assertRefused(submit());
    assertThat(SERVICE.count("task")).isEqualTo(MOST);

    worker.cancel(first);

    await().until(() -> submit().status() == 202);
    count();
    assertRefused(submit());
  }

  @Test
  void tasksThatAreNotDueLeaveRoomForOthers() {
    UUID later = worker.submit(TestWorker.notDue());
    worker.submit(TestWorker.notDue());

    Answer refused =
        SERVICE.post("/tasks", SHEET.replaceFirst("}}", "}, " + TestWorker.notDue() + "}"));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.problem()).isEqualTo("tasks-full");
    assertThat(refused.text("detail")).contains("2 tasks with an eta in the future");
    assertThat(submit().status()).isEqualTo(202);
    assertThat(SERVICE.count("task")).isEqualTo(MOST);

    worker.cancel(later);
    count();
    worker.submit(TestWorker.notDue());
  }

  @Test
  void tasksOfOneUserLeaveRoomForOthers() {
    UUID first = UUID.fromString(submitAs(3).text("task_id"));
    submitAs(3);

    assertThat(submitAs(3).text("detail")).contains("2 unfinished tasks of one user");
    count();
    Answer refused = submitAs(3);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.problem()).isEqualTo("tasks-full");
    assertThat(submitAs(4).status()).isEqualTo(202);

    worker.cancel(first);
    count();
    assertThat(submitAs(3).status()).isEqualTo(202);
  }

  @Test
  void ofManyRequestsThoseThatFindRoomAreAccepted() {
    worker.submit();
    count();

    Answer answer =
        SERVICE.post(
            "/task-submissions",
            "{\"submissions\": [%s, %1$s, %1$s]}"
                .formatted("{\"request_id\": \"a\", \"task\": " + SHEET + "}"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).endsWith("{\"task\":null,\"problem\":null}]}");
    assertThat(SERVICE.count("task")).isEqualTo(MOST);
  }

  @Test
  void groupIsAcceptedAsAWholeOrNotAtAll() {
    worker.submit();
    count();

    assertRefused(group(3));
    assertThat(SERVICE.count("task")).isOne();
    assertThat(group(2).status()).isEqualTo(202);
  }

  @Test
  void tasksThatOthersAcceptedCountWithinASecond() {
    SERVICE.execute(
        """
        INSERT INTO task (id, task, parameters, status, priority, due_at, max_attempts)
        SELECT gen_random_uuid(), 'billing.sheet', '{}', 'RETRY', 4, 'infinity', 5
        FROM generate_series(1, ?)
        """,
        MOST);

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(SERVICE.bean(TaskLimit.class)::requireRoom)
                    .isInstanceOf(TasksFull.class));
    assertRefused(submit());
  }

  @Test
  void retryBeyondTheBoundLeavesNothing() throws IOException {
    UUID cancelled = worker.submitImport();
    worker.cancel(cancelled);
    count();
    fill();
    List<Path> uploads = SERVICE.uploads();

    assertRefused(SERVICE.post("/tasks/" + cancelled + "/retry", ""));

    assertThat(SERVICE.uploads()).isEqualTo(uploads);
  }

  @Test
  void undoBeyondTheBoundIsRefused() {
    UUID imported = worker.submitImport();
    SERVICE.execute("UPDATE task SET status = 'SUCCESS' WHERE id = ?", imported);
    count();
    fill();

    assertRefused(SERVICE.post("/imports/" + imported + "/undo", ""));
  }

  @Test
  void importBeyondTheBoundIsRefusedBeforeItsUploadIsRead() throws IOException {
    fill();
    List<Path> uploads = SERVICE.uploads();

    try (Socket client = new Socket(SERVICE.uri("/").getHost(), SERVICE.uri("/").getPort())) {
      client.setSoTimeout(30_000);
      client
          .getOutputStream()
          .write(
              "POST /imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nContent-Type: text/csv\r\nContent-Length: 9000\r\n\r\na"
                  .formatted(SERVICE.authorization("/imports"))
                  .getBytes(UTF_8));
      assertThat(new String(client.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 503");
    }

    assertRefused(upload(new byte[10]));
    assertThat(SERVICE.uploads()).isEqualTo(uploads);
  }

  @Test
  void whatWasAcceptedBeforeIsAnsweredAgain() {
    Answer first = keyed("/tasks", "application/json", SHEET.getBytes(UTF_8));
    Answer firstImport = upload(new byte[10]);
    fill();

    assertThat(keyed("/tasks", "application/json", SHEET.getBytes(UTF_8)).body())
        .isEqualTo(first.body());
    assertThat(upload(new byte[10]).body()).isEqualTo(firstImport.body());
    assertThat(upload(new byte[20]).problem()).isEqualTo("idempotency-key-reused");
  }

  private static void fill() {
    while (submit().status() == 202) {}
    count();
  }

  /** Counts now, so that the count includes all tasks accepted before. */
  private static void count() {
    SERVICE.bean(TaskLimit.class).count();
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("tasks-full");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.text("detail")).contains("" + MOST, "later");
  }

  private static Answer submit() {
    return SERVICE.post("/tasks", SHEET);
  }

  private static Answer submitAs(long user) {
    return SERVICE.send(
        HttpRequest.newBuilder(SERVICE.uri("/tasks"))
            .header("Authorization", ISSUER.authorization(user, "clerk"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(SHEET)));
  }

  private Answer upload(byte[] body) {
    return keyed("/imports", "text/csv", body);
  }

  private static Answer group(int tasks) {
    String all = String.join(", ", Stream.generate(() -> SHEET).limit(tasks).toList());
    return SERVICE.post("/task-groups", "{\"tasks\": [" + all + "]}");
  }

  private Answer keyed(String path, String type, byte[] body) {
    return SERVICE.send(
        HttpRequest.newBuilder(SERVICE.uri(path))
            .header("Content-Type", type)
            .header(IdempotencyKey.HEADER, key)
            .POST(BodyPublishers.ofByteArray(body)));
  }
}
