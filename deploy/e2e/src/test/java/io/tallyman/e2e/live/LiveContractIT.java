package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.BillingDatabase;
import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Moment;
import io.tallyman.e2e.OwnStack;
import io.tallyman.e2e.live.EventStream.Event;
import io.tallyman.e2e.live.WebSocketWire.Handshake;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks every frame of the running gateway against asyncapi.yaml. At the end, each message, event,
 * close code and problem of the document must have been seen.
 */
@Order(3)
final class LiveContractIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int MOST_SESSIONS = 30;
  private static final int MOST_SUBSCRIPTIONS = 20;
  private static final Map<String, ?> LATER =
      Map.of(
          "task",
          "billing.sheet",
          "parameters",
          Map.of("billing_date", "2009-01-05"),
          "eta",
          Moment.later());

  @AutoClose
  private static final TallymanStack STACK =
      OwnStack.start(
          Layout.ofWorkers(1),
          Map.of(
              "TALLYMAN_TASKS_LEASE", "4s",
              "TALLYMAN_TASKS_MAX_BACKOFF", "1s",
              "TALLYMAN_LIVE_PING_INTERVAL", "5s",
              "TALLYMAN_LIVE_OUTBOX_BYTES", "65536",
              "TALLYMAN_LIVE_MAX_SESSIONS_PER_ADDRESS", Integer.toString(MOST_SESSIONS)));

  private static final Gateway GATEWAY = new Gateway(STACK);
  private static final LiveContract CONTRACT = new LiveContract(GATEWAY);

  private final BillingDatabase database = new BillingDatabase(STACK);

  @AfterAll
  static void everythingOfTheDocumentWasSeen() {
    assertThat(CONTRACT.unseen()).isEmpty();
  }

  /** The test before may have stopped a part. */
  @BeforeEach
  void awaitAll() {
    await("all parts")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> GATEWAY.get("/api/v1/workers").body().get("data").size() == 1);
  }

  static Stream<JsonNode> examplesAreAsTheirMessages() {
    return CONTRACT.messages();
  }

  @ParameterizedTest
  @MethodSource
  void examplesAreAsTheirMessages(JsonNode message) {
    for (JsonNode example : message.path("examples")) {
      CONTRACT.checkExample(message, example);
    }
  }

  @Test
  void filterGetsTheLifeOfAnImportWhoseWorkerIsKilled() throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT);
        EventStream stream = EventStream.open(GATEWAY, "/api/v1/events?task=billing.import", 0)) {
      client.send("{'type': 'subscribe', 'ref': 'f', 'filter': {'task': 'billing.import'}}");
      client.receive("snapshot", "f");
      String id;
      try (Connection _ = database.hold("staged_billing IN ACCESS EXCLUSIVE MODE")) {
        id = importOneRow("2009-02-03");
        client.receiveUntil(frame -> frame.get("type").asString().equals("progress"));
        STACK.kill("worker-1");
        client.receiveUntil(frame -> isEvent(frame, id, "task.retry"));
      }
      List<JsonNode> rest = client.receiveUntil(frame -> isEvent(frame, id, "task.succeeded"));

      assertThat(rest.getFirst().at("/event/type").asString()).isEqualTo("task.started");
      checkStream(stream, id, "task.succeeded");
      checkHistory(id, 0, 5);
      checkHistory(id, 3, 2);
      assertThat(after(id, 5).status()).isEqualTo(204);
    }
  }

  @Test
  void taskGetsItsFailure() throws Exception {
    String id = GATEWAY.importCsv("no,such,header\r\n", "");
    GATEWAY.awaitEnd(id, PATIENCE);
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.send(
          "{'type': 'subscribe', 'ref': 'a', 'task_ids': ['%s'], 'resume_from': {'%s': 0}}"
              .formatted(id, id));

      assertThat(client.receive("snapshot", "a").get("tasks")).isEmpty();
      List<JsonNode> events = client.receiveUntil(frame -> isEvent(frame, id, "task.failed"));

      assertThat(events.stream().map(frame -> frame.at("/event/seq").asInt()))
          .containsExactly(1, 2, 3);
      assertThat(events.getLast().at("/event/task")).isEqualTo(GATEWAY.task(id));
    }
  }

  @Test
  void taskIsCancelledInTheConversation() throws Exception {
    String id = later();
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.send("{'type': 'subscribe', 'ref': 'a', 'task_ids': ['%s']}".formatted(id));
      JsonNode snapshot = client.receive("snapshot", "a");
      assertThat(snapshot.get("tasks").get(0).get("seq").asInt()).isEqualTo(1);

      client.send("{'type': 'cancel', 'ref': 'b', 'task_id': '%s'}".formatted(id));

      List<JsonNode> frames =
          client.receiveUntil(
              frame -> frame.has("event") || frame.get("ref").asString().equals("b"));
      frames = Stream.concat(frames.stream(), Stream.of(client.receive())).toList();
      assertThat(frames.stream().map(frame -> frame.get("type").asString()))
          .containsExactlyInAnyOrder("ack", "event");
      assertThat(GATEWAY.task(id).get("status").asString()).isEqualTo("REVOKED");

      client.send("{'type': 'cancel', 'ref': 'c', 'task_id': '%s'}".formatted(id));
      client.receive("ack", "c");
      client.send("{'type': 'unsubscribe', 'ref': 'd', 'subscription': 'a'}");
      assertThat(client.receive("ack", "d").get("task").isNull()).isTrue();
      client.send("{'type': 'ping', 'ref': 'e'}");
      client.receive("pong", "e");
    }
  }

  @Test
  void groupIsFollowedAndATaskThatEndedCannotBeCancelled() throws Exception {
    JsonNode group =
        GATEWAY
            .post(
                "/api/v1/task-groups",
                Map.of(
                    "tasks",
                    List.of(
                        Map.of(
                            "task",
                            "billing.sheet",
                            "parameters",
                            Map.of("billing_date", "2009-01-05")))))
            .body();
    String id = group.at("/tasks/0/task_id").asString();
    GATEWAY.awaitSuccess(id, PATIENCE);
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.send(
          "{'type': 'subscribe', 'ref': 'g', 'group_id': '%s'}"
              .formatted(group.get("group_id").asString()));
      JsonNode snapshot = client.receive("snapshot", "g");
      assertThat(snapshot.get("tasks").get(0)).isEqualTo(GATEWAY.task(id));

      client.send("{'type': 'cancel', 'ref': 'h', 'task_id': '%s'}".formatted(id));
      client.receiveError("h", "task-ended");
    }
  }

  @Test
  void frameThatCannotBeFollowedIsAProblemAndTheSessionGoesOn() throws Exception {
    UUID unknown = UUID.randomUUID();
    UUID expired = UUID.randomUUID();
    bury(expired);
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.send(
          "{'type': 'subscribe', 'ref': 'a', 'task_ids': ['%s', '%s']}"
              .formatted(unknown, expired));
      client.receive("snapshot", "a");
      List<String> problems = new ArrayList<>();
      for (int count = 0; count < 2; count++) {
        JsonNode error = client.receive("error", "a");
        problems.add(
            error.get("task_id").asString() + ' ' + LiveContract.slug(error.get("problem")));
      }
      assertThat(problems)
          .containsExactlyInAnyOrder(unknown + " unknown-task-id", expired + " expired");

      client.send("{'type': 'cancel', 'ref': 'b', 'task_id': '%s'}".formatted(unknown));
      client.receiveError("b", "unknown-task-id");
      client.send("{'type': 'unsubscribe', 'ref': 'c', 'subscription': 'nothing'}");
      client.receiveError("c", "invalid-fields");
      client.send("{'type': 'subscribe', 'ref': 'a', 'task_ids': ['%s']}".formatted(unknown));
      client.receiveError("a", "invalid-fields");
      client.send("{'type': 'ping', 'ref': 'd'}");
      client.receive("pong", "d");
    }
  }

  /** Frames that the document does not allow, but that have a type and a {@code ref}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'subscribe', 'ref': 'x'}",
        "{'type': 'subscribe', 'ref': 'x', 'filter': {}, 'task_ids': []}",
        "{'type': 'subscribe', 'ref': 'x', 'task_ids': []}",
        "{'type': 'subscribe', 'ref': 'x', 'task_ids': ['1']}",
        "{'type': 'subscribe', 'ref': 'x', 'task_ids': 'a'}",
        "{'type': 'subscribe', 'ref': 'x', 'filter': {'nonsense': 1}}",
        "{'type': 'subscribe', 'ref': 'x', 'filter': {'status': 'DONE'}}",
        "{'type': 'subscribe', 'ref': 'x', 'filter': {'from': 'yesterday'}}",
        "{'type': 'subscribe', 'ref': 'x', 'filter': {}, 'resume_from': {}, 'more': 1}",
        "{'type': 'unsubscribe', 'ref': 'x'}",
        "{'type': 'cancel', 'ref': 'x', 'task_id': 7}",
        "{'type': 'cancel', 'ref': 'x', 'task_id': null}",
        "{'type': 'ping', 'ref': 'x', 'payload': 1}",
      })
  void wrongFrameIsRejectedWithItsRef(String frame) throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.wire().send(frame.replace('\'', '"'));

      JsonNode error = client.receiveError("x", "invalid-fields");

      assertThat(error.get("task_id").isNull()).isTrue();
      assertThat(error.at("/problem/errors")).isNotEmpty();
    }
  }

  @Test
  void sessionHasAtMostTwentySubscriptions() throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      for (int number = 0; number < MOST_SUBSCRIPTIONS; number++) {
        client.send(
            "{'type': 'subscribe', 'ref': '%d', 'filter': {'status': 'RETRY'}}".formatted(number));
        client.receive("snapshot", Integer.toString(number));
      }

      client.send("{'type': 'subscribe', 'ref': 'x', 'filter': {}}");

      client.receiveError("x", "too-many-subscriptions");
    }
  }

  @Test
  void frameIsRejectedWhileBillingServiceIsDown() throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      STACK.kill("billing-service");

      client.send("{'type': 'subscribe', 'ref': 'a', 'filter': {}}");

      client.receiveError("a", "service-unavailable");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "1",
        "{}",
        "{\"type\": \"ping\"}",
        "{\"ref\": \"a\"}",
        "{\"type\": \"snapshot\", \"ref\": \"a\"}",
        "{\"type\": \"ping\", \"ref\": 1}"
      })
  void textThatIsNoFrameEndsTheSession(String text) throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.wire().send(text);

      client.receiveClose(4400);
    }
  }

  @Test
  void binaryMessageEndsTheSession() throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.wire().send(WebSocketWire.LAST | WebSocketWire.BINARY, new byte[4]);

      client.receiveClose(1003);
    }
  }

  @Test
  void textThatIsNotUtf8EndsTheSession() throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client
          .wire()
          .send(WebSocketWire.LAST | WebSocketWire.TEXT, new byte[] {'"', (byte) 0xff, '"'});

      client.receiveClose(1007);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100})
  void longMessageEndsTheSessionInHoweverManyFragments(int fragments) throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      byte[] part = " ".repeat(65_536 / fragments + 1).getBytes(StandardCharsets.UTF_8);
      for (int number = 0; number < fragments; number++) {
        int opcode = number == 0 ? WebSocketWire.TEXT : 0;
        client.wire().send(opcode | (number == fragments - 1 ? WebSocketWire.LAST : 0), part);
      }

      client.receiveClose(1009);
    }
  }

  @Test
  void clientThatDoesNotReadLosesItsSession() throws Exception {
    String first = group();
    String second = group();
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      for (int number = 0; number < MOST_SUBSCRIPTIONS; number++) {
        client.send("{'type': 'subscribe', 'ref': '%d', 'filter': {}}".formatted(number));
      }
      GATEWAY.post("/api/v1/task-groups/" + first + "/cancel");
      GATEWAY.post("/api/v1/task-groups/" + second + "/cancel");

      client.receiveClose(4408);
    }
  }

  @Test
  void clientWithoutPongsLosesItsSession() throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.receiveCloseWithoutPongs(1001);
    }
  }

  @Test
  void addressHasALimitedNumberOfSessions() throws Exception {
    List<Conversation> sessions = new ArrayList<>();
    try {
      for (int number = 0; number < MOST_SESSIONS; number++) {
        sessions.add(new Conversation(GATEWAY, CONTRACT));
        sessions.getLast().send("{'type': 'ping', 'ref': 'a'}");
        sessions.getLast().receive("pong", "a");
      }
      sessions.add(new Conversation(GATEWAY, CONTRACT));

      sessions.getLast().receiveClose(4429);
    } finally {
      for (Conversation session : sessions) {
        session.close();
      }
    }
  }

  @Test
  void gatewayThatStopsSaysSo() throws Exception {
    try (Conversation client = new Conversation(GATEWAY, CONTRACT)) {
      client.send("{'type': 'ping', 'ref': 'a'}");
      client.receive("pong", "a");

      STACK.stopAndStart("gateway");

      client.receiveClose(1012);
    }
  }

  @Test
  void handshakeWithoutTheSubprotocolIsRefused() throws Exception {
    try (WebSocketWire wire =
        WebSocketWire.tryToOpen(STACK.gateway(), "Authorization: " + GATEWAY.authorization())) {
      assertRefused(wire.handshake(), 400, "bad-request");
    }
  }

  @Test
  void handshakeOfAPageOfAnotherOriginIsRefused() throws Exception {
    String subprotocol = "Sec-WebSocket-Protocol: " + WebSocketWire.SUBPROTOCOL;
    String token = "Authorization: " + GATEWAY.authorization();
    try (WebSocketWire wire =
        WebSocketWire.tryToOpen(
            STACK.gateway(), subprotocol, token, "Origin: https://elsewhere.example")) {
      assertRefused(wire.handshake(), 403, "forbidden");
    }
    try (WebSocketWire wire =
        WebSocketWire.tryToOpen(
            STACK.gateway(), subprotocol, token, "Origin: " + STACK.gateway())) {
      assertThat(wire.handshake().status()).isEqualTo(101);
      assertThat(wire.handshake().has(subprotocol)).as("%s", wire.handshake()).isTrue();
    }
  }

  @Test
  void handshakeWithATokenThatIsNotValidIsRefused() throws Exception {
    String subprotocol = "Sec-WebSocket-Protocol: " + WebSocketWire.SUBPROTOCOL;
    try (WebSocketWire wire =
        WebSocketWire.tryToOpen(STACK.gateway(), subprotocol, "Authorization: Bearer nonsense")) {
      assertRefused(wire.handshake(), 401, "invalid-token");
    }
  }

  private static void assertRefused(Handshake answer, int status, String slug) {
    assertThat(answer.status()).isEqualTo(status);
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    CONTRACT.checkProblem(problem);
    assertThat(LiveContract.slug(problem)).isEqualTo(slug);
  }

  private static boolean isEvent(JsonNode frame, String task, String type) {
    return frame.at("/event/task_id").asString("").equals(task)
        && frame.at("/event/type").asString("").equals(type);
  }

  /** Checks the events of a filter until the last event of a task. */
  private static void checkStream(EventStream stream, String task, String last) throws IOException {
    assertThat(stream.status()).isEqualTo(200);
    String type = "";
    while (!type.equals(last)) {
      Event event = stream.next().orElseThrow();
      type = event.name();
      CONTRACT.check(message(type), event.data());
      assertThat(event.id()).isEmpty();
      assertThat(event.data().path("task_id").asString(task)).isEqualTo(task);
    }
  }

  private static String message(String type) {
    return switch (type) {
      case "snapshot" -> "streamedSnapshot";
      case "task.progress" -> "streamedProgress";
      default -> "streamedEvent";
    };
  }

  /** Checks the stream of an ended task. */
  private static void checkHistory(String id, int after, int expected) throws IOException {
    try (EventStream stream = after(id, after)) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
      assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
      int seq = after;
      for (Optional<Event> next = stream.next(); next.isPresent(); next = stream.next()) {
        seq++;
        CONTRACT.check("streamedEvent", next.get().data());
        assertThat(next.get().id()).isEqualTo(Integer.toString(seq));
        assertThat(next.get().name()).isEqualTo(next.get().data().get("type").asString());
        assertThat(next.get().data().get("seq").asInt()).isEqualTo(seq);
      }
      assertThat(seq).isEqualTo(after + expected);
    }
  }

  private static EventStream after(String id, int seq) throws IOException {
    return EventStream.open(GATEWAY, "/api/v1/tasks/" + id + "/events", seq);
  }

  private static String importOneRow(String date) {
    return GATEWAY.importCsv(
        "date_billed,account_name,payable,currency\r\n" + date + ",Live Ltd,1.00,GBP\r\n", "");
  }

  private static String later() {
    return GATEWAY.post("/api/v1/tasks", LATER).body().get("task_id").asString();
  }

  /** The id of a group of 100 tasks that wait. */
  private static String group() {
    Gateway.Answer answer =
        GATEWAY.post("/api/v1/task-groups", Map.of("tasks", Collections.nCopies(100, LATER)));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    return answer.body().get("group_id").asString();
  }

  private static void bury(UUID id) throws SQLException {
    try (Connection billing = DriverManager.getConnection(STACK.jdbcUrl("billing"));
        Statement statement = billing.createStatement()) {
      statement.execute(
          "INSERT INTO tombstone (id, expired_at) VALUES ('%s', now())".formatted(id));
    }
  }
}
