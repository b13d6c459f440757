package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.testing.TallymanStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people do is found in the audit log of the running stack. */
@OnAnyStack
@OnSharedStack
final class AuditIT {
  /** In containers, the role of the service does not own the tables. */
  private static final String REFUSAL =
      StackChoice.IN_CONTAINERS
          ? "permission denied for table audit_event"
          : "audit_event is append-only";

  private static final String PATH = "/api/v1/audit-events";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final TallymanStack STACK = RunningStack.SHARED.get();
  private static final Gateway ADMIN = RunningStack.SHARED.gateway();

  private final NewUsers.Login login = NewUsers.login();
  private final JsonNode user = ADMIN.post("/api/v1/users", login.user()).body();
  private final String id = user.get("id").asString();

  @Test
  void loginsAndChangesOfAUserAreFound() {
    String request = "audit-" + UUID.randomUUID();
    Map<String, String> guess = Map.of("username", login.username(), "password", "a wrong guess");
    assertThat(post("/api/v1/auth/login", guess, request).statusCode()).isEqualTo(401);
    assertThat(post("/api/v1/auth/login", login.credentials(), request).statusCode())
        .isEqualTo(200);
    ADMIN.patch("/api/v1/users/" + id, Map.of("roles", List.of("clerk")));

    List<JsonNode> events = events("?which=" + id);

    assertThat(events)
        .extracting(event -> event.get("what").asString())
        .containsExactly("roles.changed", "login.succeeded", "login.failed", "user.created");
    JsonNode admin = ADMIN.get("/api/v1/me").body();
    assertThat(events.getFirst().get("who")).isEqualTo(admin.get("id"));
    assertThat(events.getFirst().get("username")).isEqualTo(admin.get("username"));
    assertThat(events.getFirst().get("details").toString())
        .isEqualTo("{\"to\":[\"clerk\"],\"from\":[\"clerk\",\"viewer\"]}");
    assertThat(events.get(1).get("username").asString()).isEqualTo(login.username());
    assertThat(events.get(2).get("who").isNull()).isTrue();
    assertThat(events.subList(1, 3))
        .allSatisfy(event -> assertThat(event.get("request_id").asString()).isEqualTo(request));
    assertThat(events)
        .allSatisfy(event -> assertThat(event.get("address").asString()).isNotEmpty());
  }

  @Test
  void tasksAndDownloadsAreFoundInOneListWithTheLogin() {
    Gateway sender = loggedIn();
    String task = sender.submit("billing.sheet", Map.of("billing_date", "2096-02-03"));
    String sheet = sender.awaitSuccess(task, PATIENCE).get("sheet_id").asString();
    sender.sheet(sheet);
    sender.post("/api/v1/tasks/" + task + "/cancel");
    String later =
        sender
            .post(
                "/api/v1/tasks",
                Map.of(
                    "task", "billing.sheet",
                    "parameters", Map.of("billing_date", "2096-02-03"),
                    "eta", Moment.later()))
            .body()
            .get("task_id")
            .asString();
    sender.postAccepted("/api/v1/tasks/" + later + "/cancel");
    String retry = sender.postAccepted("/api/v1/tasks/" + later + "/retry");

    List<JsonNode> events = events("?who=" + id);

    assertThat(events)
        .extracting(event -> event.get("what").asString() + ' ' + event.get("which").asString())
        .containsExactly(
            "task.retried " + retry,
            "task.cancelled " + later,
            "task.submitted " + later,
            "sheet.downloaded " + sheet,
            "task.submitted " + task,
            "login.succeeded " + id);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.get("username").asString()).isEqualTo(login.username());
              assertThat(event.get("address").asString()).isNotEmpty();
              assertThat(event.get("request_id").asString()).isNotEmpty();
            });
    assertThat(pages("?who=" + id, 1)).isEqualTo(events);
    assertThat(pages("?who=" + id, 4)).isEqualTo(events);
  }

  @Test
  void importsTheirCorrectionsAndTheirUndoAreFound() {
    Gateway sender = loggedIn();
    String first = sender.importCsv(file("Audit Ltd"), "");
    sender.awaitSuccess(first, PATIENCE);
    String correction = sender.importCsv(file("Audit & Co"), "?corrects=" + first);
    sender.awaitEnd(correction, PATIENCE);
    String undo = sender.postAccepted("/api/v1/imports/" + first + "/undo");

    List<JsonNode> events = events("?who=" + id + "&limit=3");

    assertThat(events)
        .extracting(event -> event.get("what").asString() + ' ' + event.get("which").asString())
        .containsExactly(
            "import.undone " + undo, "import.corrected " + correction, "import.submitted " + first);
    assertThat(events)
        .allSatisfy(event -> assertThat(event.get("request_id").asString()).isNotEmpty());
  }

  @Test
  void bothServicesHaveTheIdOfTheRequest() {
    Gateway sender = loggedIn();
    String request = "audit-" + UUID.randomUUID();
    String body =
        "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2096-02-04\"}}";
    sender.exchange(
        sender
            .request("/api/v1/tasks")
            .header("Content-Type", "application/json")
            .header("X-Request-Id", request)
            .POST(BodyPublishers.ofString(body)));
    sender.exchange(
        sender
            .request("/api/v1/imports")
            .header("Content-Type", "text/csv")
            .header("X-Request-Id", request)
            .POST(BodyPublishers.ofString(file("Request Ltd"))));

    assertThat(events("?who=" + id + "&limit=2"))
        .extracting(event -> event.get("request_id").asString())
        .containsExactly(request, request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"viewer", "clerk"})
  void onlyAdminsReadTheAuditLog(String role) {
    Gateway sender = new Gateway(STACK, role);

    Answer answer = sender.get(PATH);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body().get("type").asString()).endsWith(":forbidden");
  }

  @Test
  void pagesGiveEveryEventOnce() {
    for (int time = 0; time < 5; time++) {
      ADMIN.patch(
          "/api/v1/users/" + id, Map.of("name", "Ada " + time, "password", "quiet word " + time));
    }
    List<JsonNode> all = events("?which=" + id + "&limit=200");

    assertThat(all).hasSize(11);
    assertThat(pages("?which=" + id, 3)).isEqualTo(all);
  }

  @Test
  void sheetHasTheSameEvents() {
    HttpResponse<String> sheet =
        ADMIN.exchange(ADMIN.request(PATH + "?which=" + id).header("Accept", "text/csv").GET());

    assertThat(sheet.statusCode()).isEqualTo(200);
    assertThat(sheet.body().lines().skip(1))
        .hasSameSizeAs(events("?which=" + id))
        .allMatch(line -> line.contains(",user.created,user," + id + ","));
  }

  @ParameterizedTest
  @CsvSource({
    "users, UPDATE audit_event SET who = 1",
    "users, DELETE FROM audit_event",
    "billing, UPDATE audit_event SET who = 1",
    "billing, DELETE FROM audit_event"
  })
  void eventsCannotBeChanged(String database, String change) throws SQLException {
    try (Connection connection = DriverManager.getConnection(STACK.jdbcUrl(database));
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(change)).hasMessageContaining(REFUSAL);
    }
  }

  /** The new user. */
  private Gateway loggedIn() {
    return ADMIN.loggedIn(login.credentials());
  }

  private static String file(String vendor) {
    return "date_billed,account_name,payable,currency\r\n2096-02-03," + vendor + ",2.50,GBP\r\n";
  }

  private static List<JsonNode> pages(String query, int limit) {
    List<JsonNode> read = new ArrayList<>();
    String next = PATH + query + "&limit=" + limit;
    while (!next.isEmpty()) {
      Answer page = ADMIN.get(next);
      page.body().get("data").forEach(read::add);
      next = page.header("Link").replaceAll("<(.*)>.*", "$1");
    }
    return read;
  }

  private static HttpResponse<String> post(String path, Object body, String request) {
    return ADMIN.exchange(
        ADMIN
            .requestWithoutToken(path)
            .header("Content-Type", "application/json")
            .header("X-Request-Id", request)
            .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
  }

  private static List<JsonNode> events(String query) {
    return ADMIN.get(PATH + query).body().get("data").valueStream().toList();
  }
}
