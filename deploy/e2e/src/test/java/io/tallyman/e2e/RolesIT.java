package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.live.WebSocketWire;
import io.tallyman.testing.TallymanStack;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each role may do on the running stack. A test of the gateway tries every route. */
@OnSharedStack
final class RolesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final TallymanStack STACK = RunningStack.SHARED.get();
  private static final Gateway ADMIN = new Gateway(STACK);
  private static final Gateway CLERK = new Gateway(STACK, "clerk");
  private static final Gateway VIEWER = new Gateway(STACK, "viewer");
  private static final String FILE =
      "date_billed,account_name,payable,currency\r\n1987-03-02,Rowan & Co,2.50,GBP\r\n";
  private static final Map<String, ?> SHEET =
      Map.of("task", "billing.sheet", "parameters", Map.of("billing_date", "1987-03-02"));

  @Test
  void clerkMakesASheetAndViewerReadsIt() {
    CLERK.awaitSuccess(CLERK.importCsv(FILE, ""), PATIENCE);
    String task = CLERK.submit("billing.sheet", Map.of("billing_date", "1987-03-02"));

    JsonNode sheet = VIEWER.awaitSuccess(task, PATIENCE);

    assertThat(VIEWER.sheet(sheet.get("sheet_id").asString())).contains("Rowan & Co");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/tasks", "/api/v1/task-groups", "/api/v1/vendors"})
  void viewerChangesNothing(String path) {
    assertForbidden(VIEWER.post(path, SHEET), "clerk, admin");
  }

  @Test
  void viewerImportsAndCancelsNothing() {
    assertForbidden(
        VIEWER.upload("", BodyPublishers.ofString(FILE), Map.of("Content-Type", "text/csv")),
        "clerk, admin");
    String waiting = waitingTask();

    assertForbidden(VIEWER.post("/api/v1/tasks/" + waiting + "/cancel"), "clerk, admin");

    assertThat(VIEWER.task(waiting).get("status").asString()).isEqualTo("PENDING");
    CLERK.postAccepted("/api/v1/tasks/" + waiting + "/cancel");
  }

  @Test
  void viewerCancelsNothingThroughAWebSocketEither() throws IOException {
    String waiting = waitingTask();

    assertThat(cancelled(VIEWER, waiting).at("/problem/type").asString()).endsWith(":forbidden");
    assertThat(VIEWER.task(waiting).get("status").asString()).isEqualTo("PENDING");
    assertThat(cancelled(CLERK, waiting).get("type").asString()).isEqualTo("ack");
  }

  @Test
  void onlyAnAdminManagesUsers() {
    assertForbidden(CLERK.post("/api/v1/users", NewUsers.next()), "admin");

    JsonNode user = ADMIN.post("/api/v1/users", NewUsers.next()).body();
    String path = "/api/v1/users/" + user.get("id").asString();
    assertForbidden(CLERK.patch(path, Map.of("roles", List.of("admin"))), "admin");
    assertThat(VIEWER.get(path).body().get("roles")).isEqualTo(user.get("roles"));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/tasks, 401",
    "/api/v1/sheets, 401",
    "/api/v1/users, 401",
    "/api/v1/events, 401",
    "/ws/tasks, 401",
    "/internal/workers, 404",
    "/api/v1/auth/session, 200",
    "/openapi.yaml, 200",
    "/health/readiness, 200",
    "/, 200"
  })
  void withoutATokenOnlyPublicRoutesAnswer(String path, int status) {
    assertThat(ADMIN.exchange(ADMIN.requestWithoutToken(path).GET()).statusCode())
        .isEqualTo(status);
  }

  /** The answer to a frame that cancels a task. */
  private static JsonNode cancelled(Gateway sender, String task) throws IOException {
    try (WebSocketWire wire = WebSocketWire.open(sender)) {
      wire.send(
          "{\"type\": \"cancel\", \"ref\": \"c\", \"task_id\": \"%s\"}"
              .formatted(UUID.fromString(task)));
      return JsonMapper.shared().readTree(((WebSocketWire.Text) wire.receive()).text());
    }
  }

  private static String waitingTask() {
    return CLERK
        .post(
            "/api/v1/tasks",
            Map.of(
                "task",
                "billing.sheet",
                "parameters",
                Map.of("billing_date", "1987-03-02"),
                "eta",
                Moment.later()))
        .body()
        .get("task_id")
        .asString();
  }

  private static void assertForbidden(Gateway.Answer answer, String roles) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(403);
    assertThat(answer.body().get("type").asString()).endsWith(":forbidden");
    assertThat(answer.body().get("detail").asString()).contains(roles);
  }
}
