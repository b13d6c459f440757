package io.tallyman.billing.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.testkit.TokenIssuer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditTest {
  private static final String SHEET =
      "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2096-03-31\"}}";

  @AutoClose private static final TokenIssuer ISSUER = new TokenIssuer();

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.user-service.url", ISSUER.url()));

  private static final String ADA = ISSUER.authorization(3, "clerk");
  private static final String ADMIN = ISSUER.authorization(1, "admin");

  private long last;

  @BeforeEach
  void begin() {
    SERVICE.forget();
    last =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .select("SELECT coalesce(max(id), 0) FROM audit_event")
                        .mapTo(Long.class)
                        .one());
  }

  @Test
  void submittedTaskIsWrittenWithItsSenderAndParameters() {
    String id = post("/tasks", SHEET).text("task_id");

    assertThat(events()).containsExactly(event("task.submitted task " + id, SHEET));
  }

  @Test
  void taskThatNoUserSubmittedHasNoSender() {
    SERVICE.post("/tasks", SHEET);

    assertThat(events()).singleElement().asString().startsWith("null null task.submitted task ");
  }

  @Test
  void repeatedRequestIsWrittenOnce() {
    for (int time = 0; time < 2; time++) {
      assertThat(post("/tasks", SHEET, "Idempotency-Key", "the-key-of-" + last).status())
          .isEqualTo(202);
    }

    assertThat(events()).hasSize(1);
  }

  @Test
  void refusedTaskIsNotWritten() {
    assertThat(post("/tasks", SHEET.replace("2096-03-31", "yesterday")).status()).isEqualTo(422);

    assertThat(events()).isEmpty();
  }

  @Test
  void cancelIsWrittenOnceAndRetryWithItsTask() {
    String id = post("/tasks", SHEET).text("task_id");
    post("/tasks/" + id + "/cancel", "");
    post("/tasks/" + id + "/cancel", "");
    String retry = post("/tasks/" + id + "/retry", "").text("task_id");

    assertThat(events())
        .containsExactly(
            event("task.submitted task " + id, SHEET),
            event("task.cancelled task " + id, "{\"task\": \"billing.sheet\"}"),
            event(
                "task.retried task " + retry,
                SHEET.replace("\"parameters", "\"retry_of\": \"%s\", \"parameters".formatted(id))));
  }

  @Test
  void eachTaskOfAGroupIsWritten() {
    Answer group = post("/task-groups", "{\"tasks\": [%s, %s]}".formatted(SHEET, SHEET));
    String id = group.text("group_id");
    post("/task-groups/" + id + "/cancel", "");

    assertThat(events())
        .extracting(event -> event.split(" ", -1)[2])
        .containsExactly("task.submitted", "task.submitted", "task.cancelled", "task.cancelled");
    assertThat(events().subList(0, 2))
        .allMatch(event -> event.contains("\"group_id\": \"" + id + '"'));
  }

  @Test
  void uploadIsWrittenAsAnImport() {
    String id =
        SERVICE
            .send(
                request("/imports?currency=GBP")
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofString("date_billed,account_name,payable\r\n")))
            .text("task_id");

    assertThat(events())
        .singleElement()
        .asString()
        .startsWith("3 user-3 import.submitted task " + id + " 203.0.113.7 the-request ");
  }

  @Test
  void downloadIsWrittenWithTheFormatAndThePart() {
    TestWorker worker = new TestWorker(SERVICE);
    UUID task =
        UUID.fromString(
            post("/tasks", SHEET.replace("}}", ", \"format\": {\"profile\": \"excel\"}}}"))
                .text("task_id"));
    worker.claim(task);
    worker.done(task, 1);
    String sheet = worker.task(task).text("result", "sheet_id");
    String path = "/sheets/" + sheet + "/content";

    Answer whole = SERVICE.send(admin(path));
    SERVICE.send(admin(path).header("Range", "bytes=2-4"));
    SERVICE.send(admin(path).header("If-None-Match", whole.header("ETag")));
    SERVICE.send(admin(path).HEAD());
    SERVICE.send(admin(path).header("Range", "bytes=9999-"));

    List<String> events = events();
    assertThat(events).hasSize(3);
    assertThat(events.get(1))
        .startsWith("1 user-1 sheet.downloaded sheet " + sheet)
        .contains(
            "\"format\": {\"profile\": \"excel\"}",
            "\"task_id\": \"" + task + '"',
            "\"first_byte\": 0",
            "\"bytes\": " + whole.bytes().length);
    assertThat(events.get(2)).contains("\"first_byte\": 2", "\"bytes\": 3");
  }

  @Test
  void onlyAnAdminReadsTheEvents() {
    post("/tasks", SHEET);

    assertThat(SERVICE.send(admin("/audit-events?count=1")).body()).contains("task.submitted");
    assertThat(SERVICE.send(request("/audit-events")).problem()).isEqualTo("forbidden");
    assertThat(SERVICE.get("/audit-events").problem()).isEqualTo("forbidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_event SET who = 1",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "DROP TABLE audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "SELECT keep_audit_partitions_for('1 day')"
      })
  void roleOfTheServiceCanOnlyAddEvents(String change) {
    assertThatThrownBy(() -> SERVICE.jdbi().useHandle(handle -> handle.execute(change)))
        .hasMessageMatching("(?s).*(permission denied|must be owner of).*");
  }

  private static String event(String event, String details) {
    return "3 user-3 " + event + " 203.0.113.7 the-request " + details;
  }

  private List<String> events() {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select(
                        """
                        SELECT concat_ws(' ', coalesce(who::text, 'null'),
                          coalesce(who_name, 'null'), what, kind, which, address, request_id,
                          details)
                        FROM audit_event WHERE id > ? ORDER BY id
                        """,
                        last)
                    .mapTo(String.class)
                    .list());
  }

  private static Answer post(String path, String json, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return SERVICE.send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpRequest.Builder admin(String path) {
    return request(path).setHeader("Authorization", ADMIN);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(SERVICE.uri(path))
        .header("Authorization", ADA)
        .header("X-Client-Address", "203.0.113.7")
        .header("X-Request-Id", "the-request");
  }
}
