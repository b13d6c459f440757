package io.tallyman.gateway.live.websocket;

import static io.tallyman.gateway.live.websocket.SocketClient.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.StandInEvents;
import io.tallyman.gateway.live.session.Sessions;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The conversation with one client. There is no broker: hints come only from the test. */
@MicronautTest
final class TaskSocketTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More than the gateway keeps, however fast it reads tasks. */
  private static final int TOO_MANY_HINTS = 200_000;

  @Inject EmbeddedServer gateway;
  @Inject LiveEvents events;
  @Inject Sessions sessions;

  private StandInEvents tasks = new StandInEvents(billing);

  @BeforeEach
  void begin() {
    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
    tasks = new StandInEvents(billing);
  }

  @Test
  void taskIsFollowedFromItsStateToItsEnd() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      assertThat(client.subprotocol()).isEqualTo("tallyman.tasks.v1");
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(id));

      JsonNode snapshot = client.next("snapshot");
      assertThat(text(snapshot, "ref")).isEqualTo("a");
      assertThat(text(snapshot, "next_cursor")).isEqualTo("null");
      JsonNode task = requireNonNull(requireNonNull(snapshot.get("tasks")).get(0));
      assertThat(text(task, "task_id")).isEqualTo(id.toString());
      assertThat(text(task, "seq")).isEqualTo("1");
      assertThat(text(task, "links", "self")).isEqualTo("/api/v1/tasks/" + id);

      change(id, "STARTED");
      JsonNode started = client.next("event");
      assertThat(text(started, "ref")).isEqualTo("a");
      assertThat(text(started, "event", "type")).isEqualTo("task.started");
      assertThat(text(started, "event", "task_id")).isEqualTo(id.toString());
      assertThat(text(started, "event", "seq")).isEqualTo("2");
      assertThat(text(started, "event", "matches")).isEqualTo("true");
      assertThat(text(started, "event", "task", "status")).isEqualTo("STARTED");

      change(id, "SUCCESS");
      assertThat(text(client.next("event"), "event", "type")).isEqualTo("task.succeeded");
      client.assertNothingMore();
    }
  }

  /** A token that is not remembered is checked on another thread. */
  @Test
  void firstFrameAfterANewTokenIsAnswered() {
    for (int sender = 1; sender <= 50; sender++) {
      String token = Tokens.SHARED.issue(Integer.toString(sender), 600, "viewer");
      try (SocketClient client =
          new SocketClient(gateway, Map.of(SocketClient.AUTHORIZATION, "Bearer " + token))) {
        client.assertNothingMore();
      }
    }
  }

  /** A page that is left at once does this. */
  @Test
  void clientThatLeavesDuringItsFirstReadIsNoError() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    billing.answer(
        "GET /tasks",
        _ -> {
          asked.countDown();
          await().atMost(PATIENCE).until(() -> left.getCount() == 0);
          return "{\"data\": [], \"next_cursor\": null}";
        });
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Problems.class);
    log.start();
    logger.addAppender(log);
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"filter\": {}");
      assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
    left.countDown();

    await()
        .during(Duration.ofMillis(300))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(log.list).isEmpty());
    logger.detachAppender(log);
  }

  @Test
  void resumedTaskGetsExactlyTheEventsThatWereMissed() {
    UUID id = tasks.task("PENDING", "STARTED", "RETRY", "STARTED");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(
          client, "a", "\"task_ids\": [\"%s\"], \"resume_from\": {\"%s\": 2}".formatted(id, id));

      assertThat(requireNonNull(client.next("snapshot").get("tasks")).size()).isZero();
      JsonNode third = client.next("event");
      assertThat(text(third, "event", "seq")).isEqualTo("3");
      assertThat(text(third, "event", "task")).isEqualTo("null");
      JsonNode fourth = client.next("event");
      assertThat(text(fourth, "event", "seq")).isEqualTo("4");
      assertThat(text(fourth, "event", "task", "seq")).isEqualTo("4");
      client.assertNothingMore();
    }
  }

  @Test
  void clientThatIsAheadOfTheTaskGetsItsState() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(
          client, "a", "\"task_ids\": [\"%s\"], \"resume_from\": {\"%s\": 9}".formatted(id, id));

      assertThat(requireNonNull(client.next("snapshot").get("tasks")).size()).isEqualTo(1);
    }
  }

  @Test
  void repeatedAndLateHintsTellNoEventTwice() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(id));
      client.next("snapshot");
      tasks.become(id, "STARTED");
      change(id, "RETRY");

      assertThat(text(client.next("event"), "event", "seq")).isEqualTo("2");
      assertThat(text(client.next("event"), "event", "seq")).isEqualTo("3");
      events.changed(id, 2);
      events.changed(id, 3);
      change(id, "STARTED");
      assertThat(text(client.next("event"), "event", "seq")).isEqualTo("4");
      client.assertNothingMore();
    }
  }

  @Test
  void lostHintIsFound() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(id));
      client.next("snapshot");

      // Before this read the task may be read a second time, because hints may have been lost.
      await().atMost(PATIENCE).until(this::recentEventsWereRead);

      tasks.become(id, "STARTED");

      assertThat(text(client.next("event"), "event", "type")).isEqualTo("task.started");
    }
  }

  private boolean recentEventsWereRead() {
    return billing.received().stream()
        .map(received -> received.request().replace("%3A", ":"))
        .anyMatch("GET /internal/recent-events?since=2026-01-02T03:03:55.678901Z"::equals);
  }

  @ParameterizedTest
  @CsvSource({"404, unknown-task-id", "410, expired"})
  void missingTaskIsToldOnceAndTheOthersAreFollowed(int status, String problem) {
    UUID missing = UUID.randomUUID();
    billing.answerProblem("GET /tasks/" + missing, status, problem);
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\", \"%s\"]".formatted(missing, id));

      assertThat(requireNonNull(client.next("snapshot").get("tasks")).size()).isEqualTo(1);
      JsonNode error = client.next("error");
      assertThat(text(error, "ref")).isEqualTo("a");
      assertThat(text(error, "task_id")).isEqualTo(missing.toString());
      assertThat(text(error, "problem", "type")).isEqualTo("urn:tallyman:problem:" + problem);
      assertThat(text(error, "problem", "instance")).isEqualTo("/ws/tasks");
      change(id, "STARTED");
      assertThat(text(client.next("event"), "event", "task_id")).isEqualTo(id.toString());
    }
  }

  @Test
  void tasksOfAGroupAreFollowed() {
    UUID first = tasks.task("PENDING");
    UUID second = tasks.task("STARTED");
    UUID group = UUID.randomUUID();
    tasks.group(group, first, second);
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"group_id\": \"%s\"".formatted(group));

      assertThat(requireNonNull(client.next("snapshot").get("tasks")).size()).isEqualTo(2);
      change(second, "SUCCESS");
      assertThat(text(client.next("event"), "event", "task_id")).isEqualTo(second.toString());
    }
  }

  @Test
  void taskThatStopsMatchingAFilterGetsOneLastEvent() {
    UUID running = tasks.task("PENDING", "STARTED");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"filter\": {\"status\": \"STARTED\"}");
      JsonNode snapshot = client.next("snapshot");
      assertThat(text(requireNonNull(requireNonNull(snapshot.get("tasks")).get(0)), "task_id"))
          .isEqualTo(running.toString());

      UUID other = tasks.task("PENDING");
      events.changed(other, 1);
      change(other, "STARTED");
      JsonNode matching = client.next("event");
      assertThat(text(matching, "event", "task_id")).isEqualTo(other.toString());
      assertThat(text(matching, "event", "matches")).isEqualTo("true");

      change(running, "SUCCESS");
      JsonNode last = client.next("event");
      assertThat(text(last, "event", "task_id")).isEqualTo(running.toString());
      assertThat(text(last, "event", "type")).isEqualTo("task.succeeded");
      assertThat(text(last, "event", "matches")).isEqualTo("false");
      client.assertNothingMore();
    }
  }

  @Test
  void newTaskWhoseHintWasLostIsFoundByAFilter() {
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"filter\": {}");
      client.next("snapshot");

      UUID id = tasks.task("PENDING");

      assertThat(text(client.next("event"), "event", "task_id")).isEqualTo(id.toString());
    }
  }

  @Test
  void filterGetsANewSnapshotAfterHintsWereMissed() {
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"filter\": {\"status\": \"STARTED\"}");
      client.next("snapshot");
      tasks.tellLateEvents(false);
      UUID id = tasks.task("PENDING", "STARTED");

      events.missedHints();

      JsonNode again = client.next("snapshot");
      assertThat(text(again, "ref")).isEqualTo("a");
      assertThat(text(requireNonNull(requireNonNull(again.get("tasks")).get(0)), "task_id"))
          .isEqualTo(id.toString());
    }
  }

  @Test
  void missedEventsAreReadAgainAfterAnOutageAlthoughNoHintComes() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(id));
      client.next("snapshot");
      tasks.become(id, "STARTED");
      billing.forget();
      events.missedHints();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  billing.received().stream()
                      .anyMatch(read -> read.request().equals("GET /internal/recent-events")));

      tasks.answerAgain();

      assertThat(text(client.next("event"), "event", "type")).isEqualTo("task.started");
    }
  }

  @Test
  void filterGetsANewSnapshotIfThereAreTooManyHints() {
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"filter\": {}");
      client.next("snapshot");

      for (int hint = 0; hint < TOO_MANY_HINTS; hint++) {
        events.changed(UUID.randomUUID(), 1);
      }

      assertThat(text(client.next("snapshot"), "ref")).isEqualTo("a");
    }
  }

  @Test
  void endedSubscriptionTellsNothingMore() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(id));
      client.next("snapshot");
      client.send("{\"type\": \"unsubscribe\", \"ref\": \"b\", \"subscription\": \"a\"}");
      assertThat(text(client.next("ack"), "ref")).isEqualTo("b");

      subscribe(client, "c", "\"task_ids\": [\"%s\"]".formatted(id));
      client.next("snapshot");
      change(id, "STARTED");

      assertThat(text(client.next("event"), "ref")).isEqualTo("c");
      client.assertNothingMore();
    }
  }

  @Test
  void taskIsCancelled() {
    UUID id = tasks.task("PENDING", "STARTED", "REVOKED");
    billing.answerJson("POST /tasks/" + id + "/cancel", 202, sample("billing-service", "task"));
    UUID ended = UUID.randomUUID();
    billing.answerProblem("POST /tasks/" + ended + "/cancel", 409, "task-ended");
    try (SocketClient client = new SocketClient(gateway)) {
      client.send("{\"type\": \"cancel\", \"ref\": \"a\", \"task_id\": \"%s\"}".formatted(id));
      assertThat(text(client.next("ack"), "task", "status")).isEqualTo("SUCCESS");

      client.send("{\"type\": \"cancel\", \"ref\": \"b\", \"task_id\": \"%s\"}".formatted(ended));
      JsonNode refused = client.next("error");
      assertThat(text(refused, "ref")).isEqualTo("b");
      assertThat(text(refused, "problem", "type")).isEqualTo("urn:tallyman:problem:task-ended");
    }
  }

  @Test
  void viewerCannotCancelATask() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = as("viewer")) {
      client.send("{\"type\": \"cancel\", \"ref\": \"a\", \"task_id\": \"%s\"}".formatted(id));

      JsonNode refused = client.next("error");
      assertThat(text(refused, "ref")).isEqualTo("a");
      assertThat(text(refused, "problem", "type")).isEqualTo("urn:tallyman:problem:forbidden");
      assertThat(text(refused, "problem", "detail")).contains("clerk, admin");
      client.assertNothingMore();
    }
    assertThat(billing.received())
        .noneMatch(sent -> sent.request().startsWith("POST /tasks/" + id));
  }

  @Test
  void clerkCancelsATask() {
    UUID id = tasks.task("PENDING");
    billing.answerJson("POST /tasks/" + id + "/cancel", 202, sample("billing-service", "task"));
    try (SocketClient client = as("clerk")) {
      client.send("{\"type\": \"cancel\", \"ref\": \"a\", \"task_id\": \"%s\"}".formatted(id));

      client.next("ack");
    }
  }

  private SocketClient as(String role) {
    return new SocketClient(
        gateway, Map.of(SocketClient.AUTHORIZATION, Tokens.SHARED.bearer(role)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "subscribe", "ref": "a"} | ''
          {"type": "subscribe", "ref": "a", "task_ids": []} | /task_ids
          {"type": "subscribe", "ref": "a", "task_ids": [1]} | /task_ids
          {"type": "subscribe", "ref": "a", "filter": {}, "group_id": "0197a3c2-6f00-7000-8000-000000000001"} | ''
          {"type": "subscribe", "ref": "a", "filter": {"status": "started"}} | /filter/status
          {"type": "subscribe", "ref": "a", "filter": {"from": "today"}} | /filter/from
          {"type": "subscribe", "ref": "a", "filter": {"state": "STARTED"}} | /filter/state
          {"type": "subscribe", "ref": "a", "filter": {}, "resume_from": {}} | /resume_from
          {"type": "unsubscribe", "ref": "a", "subscription": "b"} | /subscription
          {"type": "unsubscribe", "ref": "a"} | /subscription
          {"type": "cancel", "ref": "a", "task_id": "b"} | /task_id
          {"type": "ping", "ref": "a", "more": 1} | /more
          """)
  void invalidFrameIsRefusedAndTheSessionGoesOn(String frame, String pointer) {
    try (SocketClient client = new SocketClient(gateway)) {
      client.send(frame);

      JsonNode refused = client.next("error");
      assertThat(text(refused, "ref")).isEqualTo("a");
      assertThat(text(refused, "problem", "type")).isEqualTo("urn:tallyman:problem:invalid-fields");
      JsonNode errors = requireNonNull(requireNonNull(refused.get("problem")).get("errors"));
      assertThat(text(requireNonNull(errors.get(0)), "pointer")).isEqualTo(pointer);
      client.assertNothingMore();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "[]",
        "{}",
        "{\"type\": \"ping\"}",
        "{\"type\": \"ping\", \"ref\": \"\"}",
        "{\"type\": \"ping\", \"ref\": 1}",
        "{\"type\": \"dance\", \"ref\": \"a\"}",
        "{\"type\": \"ping\", \"ref\": \"a\", \"ref\": \"b\"}"
      })
  void frameThatCannotBeAnsweredClosesTheSession(String frame) {
    try (SocketClient client = new SocketClient(gateway)) {
      client.send(frame);

      assertThat(client.closeCode()).isEqualTo(4400);
    }
  }

  @Test
  void binaryFrameClosesTheSession() {
    try (SocketClient client = new SocketClient(gateway)) {
      client.sendBinary();

      assertThat(client.closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void messageOfManyFragmentsIsLimited() {
    try (SocketClient client = new SocketClient(gateway)) {
      String part = "a".repeat(10_000);
      for (int sent = 0; sent < 6; sent++) {
        client.sendPart(part);
      }
      client.sendPart(part);

      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void frameThatIsTooLongClosesTheSession() {
    try (SocketClient client = new SocketClient(gateway)) {
      client.send("a".repeat(65_537));

      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void sessionHasAtMostTwentySubscriptions() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      for (int number = 1; number <= 20; number++) {
        subscribe(client, "a" + number, "\"task_ids\": [\"%s\"]".formatted(id));
        client.next("snapshot");
      }
      subscribe(client, "one-more", "\"filter\": {}");

      assertThat(text(client.next("error"), "problem", "type"))
          .isEqualTo("urn:tallyman:problem:too-many-subscriptions");
    }
  }

  @Test
  void refOfAnOpenSubscriptionIsRefused() {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(id));
      client.next("snapshot");
      subscribe(client, "a", "\"filter\": {}");

      assertThat(text(client.next("error"), "problem", "type"))
          .isEqualTo("urn:tallyman:problem:invalid-fields");
    }
  }

  @Test
  void serviceThatIsAwayIsToldAndTheSubscriptionCanBeTriedAgain() {
    UUID id = tasks.task("PENDING");
    billing.answerProblem("POST /internal/task-event-batches", 503, "database-unavailable");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(id));
      assertThat(text(client.next("error"), "problem", "type"))
          .isEqualTo("urn:tallyman:problem:service-unavailable");

      tasks = new StandInEvents(billing);
      UUID again = tasks.task("PENDING");
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(again));
      assertThat(text(client.next("snapshot"), "ref")).isEqualTo("a");
    }
  }

  @Test
  void handshakeWithoutTheSubprotocolIsRefused() {
    try (HttpClient other = HttpClient.newHttpClient()) {
      assertThat(refusal(viewer(other).subprotocols("other"))).isEqualTo(400);
      assertThat(refusal(viewer(other))).isEqualTo(400);
    }
  }

  @Test
  void handshakeWithoutATokenIsRefused() {
    try (HttpClient nobody = HttpClient.newHttpClient()) {
      assertThat(refusal(nobody.newWebSocketBuilder().subprotocols("tallyman.tasks.v1")))
          .isEqualTo(401);
      assertThat(refusal(nobody.newWebSocketBuilder())).isEqualTo(401);
    }
  }

  private static WebSocket.Builder viewer(HttpClient client) {
    return client
        .newWebSocketBuilder()
        .header(SocketClient.AUTHORIZATION, Tokens.SHARED.bearer("viewer"));
  }

  @Test
  void handshakeOfAPageOfAnotherOriginIsRefused() {
    try (HttpClient page = HttpClient.newHttpClient()) {
      assertThat(
              refusal(
                  page.newWebSocketBuilder()
                      .subprotocols("tallyman.tasks.v1")
                      .header("Origin", "https://evil.example")))
          .isEqualTo(403);
    }
  }

  @Test
  void sessionEndsWithItsConnection() {
    SocketClient client = new SocketClient(gateway);
    await().atMost(PATIENCE).until(() -> sessions.count() == 1);

    client.close();

    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
  }

  private void change(UUID id, String status) {
    events.changed(id, tasks.become(id, status));
  }

  private static void subscribe(SocketClient client, String ref, String what) {
    client.send("{\"type\": \"subscribe\", \"ref\": \"%s\", %s}".formatted(ref, what));
  }

  /** The status of the answer to a handshake that must fail. */
  private int refusal(WebSocket.Builder client) {
    URI address = URI.create("ws://127.0.0.1:" + gateway.getPort() + "/ws/tasks");
    return client
        .buildAsync(address, new WebSocket.Listener() {})
        .handle(
            (_, failure) -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              assertThat(cause).isInstanceOf(WebSocketHandshakeException.class);
              return ((WebSocketHandshakeException) Objects.requireNonNull(cause))
                  .getResponse()
                  .statusCode();
            })
        .join();
  }
}
