package io.tallyman.gateway.live.websocket;

import static io.tallyman.gateway.live.websocket.SocketClient.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.StandInEvents;
import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskProgress;
import io.tallyman.gateway.live.session.Sessions;
import io.tallyman.gateway.live.session.Viewer;
import io.tallyman.gateway.live.session.Visibility;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits, peers that are silent, who sees what, and the stop of a gateway with small limits. */
final class SocketLimitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HIDING = "test.hiding";

  private final FakeService billing = new FakeService("billing-service");
  private final StandInEvents tasks = new StandInEvents(billing);
  private final EmbeddedServer gateway =
      ApplicationContext.run(
          EmbeddedServer.class,
          Map.of(
              "tallyman.billing-service.url",
              billing.url(),
              "tallyman.live.max-sessions-per-address",
              2,
              "tallyman.live.max-followed-tasks",
              3,
              "tallyman.live.ping-interval",
              "1500ms",
              "tallyman.rate.per-user",
              3,
              HIDING,
              true));
  private final LiveEvents events = gateway.getApplicationContext().getBean(LiveEvents.class);
  private final Sessions sessions = gateway.getApplicationContext().getBean(Sessions.class);

  @AfterEach
  void stop() {
    gateway.stop(); // as the process does when it gets SIGTERM
  }

  @Test
  void sessionsOfAnAddressAreLimited() {
    try (SocketClient first = new SocketClient(gateway);
        SocketClient second = new SocketClient(gateway);
        SocketClient third = new SocketClient(gateway)) {
      assertThat(third.closeCode()).isEqualTo(4429);
      first.assertNothingMore();
      second.assertNothingMore();

      first.leave();
      await().atMost(PATIENCE).until(() -> sessions.count() == 1);
      try (SocketClient fourth = new SocketClient(gateway)) {
        fourth.assertNothingMore();
      }
    }
  }

  @Test
  void followedTasksAreLimitedAndReleased() {
    UUID id = tasks.task("PENDING");
    UUID other = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      String both = "\"task_ids\": [\"%s\", \"%s\"]".formatted(id, other);
      subscribe(client, "a", both);
      client.next("snapshot");
      subscribe(client, "b", both);
      assertThat(text(client.next("error"), "problem", "type"))
          .isEqualTo("urn:tallyman:problem:too-many-subscriptions");

      client.send("{\"type\": \"unsubscribe\", \"ref\": \"c\", \"subscription\": \"a\"}");
      client.next("ack");
      subscribe(client, "b", both);
      client.next("snapshot");
    }
  }

  @Test
  void framesWithinTheRateAreAnswered() {
    try (SocketClient client = new SocketClient(gateway)) {
      for (int frame = 0; frame < 25; frame++) {
        ping(client);
        client.next("pong");
      }
    }
  }

  /** The client reads nothing until it has sent all. */
  @Test
  void clientThatSendsTooMuchStillGetsTheReason() throws IOException {
    try (Socket socket = rawClient()) {
      byte[] ping = maskedFrame("{\"type\": \"ping\", \"ref\": \"p\"}");
      for (int frame = 0; frame < 50_000; frame++) {
        socket.getOutputStream().write(ping);
      }

      byte[] received = socket.getInputStream().readAllBytes();

      assertThat(new String(received, StandardCharsets.ISO_8859_1))
          .endsWith(closeFrame(4429, "too many sessions or frames"));
    }
  }

  @Test
  void peerThatAnswersNoPingIsDisconnected() throws IOException {
    try (Socket _ = rawClient()) {
      await().atMost(PATIENCE).until(() -> sessions.count() == 1);

      await().atMost(PATIENCE).until(() -> sessions.count() == 0);
    }
  }

  @Test
  void peerThatAnswersPingsStays() {
    try (SocketClient client = new SocketClient(gateway)) {
      await().during(Duration.ofSeconds(4)).atMost(PATIENCE).until(() -> sessions.count() == 1);
      client.assertNothingMore();
    }
  }

  @Test
  void taskThatMayNotBeSeenIsUnknownAndTellsNothing() {
    UUID hidden = tasks.task("PENDING", "STARTED");
    UUID shown = tasks.task("PENDING", "STARTED");
    gateway.getApplicationContext().getBean(Hiding.class).hide(hidden);
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\", \"%s\"]".formatted(hidden, shown));
      JsonNode snapshot = client.next("snapshot");
      assertThat(requireNonNull(snapshot.get("tasks")).size()).isEqualTo(1);
      JsonNode error = client.next("error");
      assertThat(text(error, "task_id")).isEqualTo(hidden.toString());
      assertThat(text(error, "problem", "type")).isEqualTo("urn:tallyman:problem:unknown-task-id");
      subscribe(client, "b", "\"filter\": {\"status\": \"STARTED\"}");
      assertThat(requireNonNull(client.next("snapshot").get("tasks")).size()).isEqualTo(1);

      events.changed(hidden, tasks.become(hidden, "SUCCESS"));
      events.changed(shown, tasks.become(shown, "SUCCESS"));

      assertThat(text(client.next("event"), "event", "task_id")).isEqualTo(shown.toString());
      assertThat(text(client.next("event"), "event", "task_id")).isEqualTo(shown.toString());
      client.assertNothingMore();
    }
  }

  @Test
  void progressIsToldWhileItsAttemptRuns() throws IOException {
    UUID id = tasks.task("PENDING");
    try (SocketClient client = new SocketClient(gateway)) {
      subscribe(client, "a", "\"task_ids\": [\"%s\"]".formatted(id));
      client.next("snapshot");
      events.changed(id, tasks.become(id, "STARTED"));
      client.next("event");

      events.progressed(progress(id, 2));
      client.assertNothingMore();
      events.progressed(progress(id, 1));

      JsonNode told = client.next("progress");
      assertThat(text(told, "ref")).isEqualTo("a");
      assertThat(text(told, "event", "type")).isEqualTo("task.progress");
      assertThat(text(told, "event", "attempt")).isEqualTo("1");
      assertThat(text(told, "event", "progress", "done")).isEqualTo("742");
    }
  }

  @Test
  void stopTellsClientsToConnectAgain() {
    try (SocketClient client = new SocketClient(gateway)) {
      // The client gets the answer to its handshake before the session is open.
      client.assertNothingMore();
      // SIGTERM stops the server too.
      CompletableFuture<?> stopped = CompletableFuture.supplyAsync(gateway::stop);

      assertThat(client.closeCode()).isEqualTo(1012);
      assertThat(stopped).succeedsWithin(PATIENCE);
    }
  }

  /** A connection after its handshake, which does nothing by itself. */
  private Socket rawClient() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort());
    socket
        .getOutputStream()
        .write(
            """
            GET /ws/tasks HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Protocol: tallyman.tasks.v1\r
            %s\r
            \r
            """
                .formatted(Tokens.ADMIN)
                .getBytes(StandardCharsets.US_ASCII));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) socket.getInputStream().read());
    }
    return socket;
  }

  /** A text frame of a client: RFC 6455, section 5.2. Its mask is zero. */
  private static byte[] maskedFrame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(6 + payload.length)
        .put((byte) 0x81)
        .put((byte) (0x80 | payload.length))
        .putInt(0)
        .put(payload)
        .array();
  }

  /** A close frame of a server, its bytes as characters. */
  private static String closeFrame(int code, String reason) {
    return "\u0088"
        + (char) (2 + reason.length())
        + (char) (code >> 8)
        + (char) (code & 0xff)
        + reason;
  }

  private static TaskProgress progress(UUID id, int attempt) throws IOException {
    JsonNode progress =
        JsonMapper.createDefault()
            .readValue(
                "{\"phase\": \"writing\", \"unit\": \"rows\", \"done\": 742, \"total\": null}",
                JsonNode.class);
    return new TaskProgress(
        id, "billing.sheet", null, Instant.EPOCH, attempt, requireNonNull(progress));
  }

  private static void ping(SocketClient client) {
    client.send("{\"type\": \"ping\", \"ref\": \"p\"}");
  }

  private static void subscribe(SocketClient client, String ref, String what) {
    client.send("{\"type\": \"subscribe\", \"ref\": \"%s\", %s}".formatted(ref, what));
  }

  /** Hides single tasks. */
  @Singleton
  @Requires(property = HIDING)
  @Replaces(Visibility.class)
  static final class Hiding implements Visibility {
    private final Set<UUID> hidden = ConcurrentHashMap.newKeySet();

    void hide(UUID task) {
      hidden.add(task);
    }

    @Override
    public boolean sees(Viewer viewer, Subject task) {
      return !hidden.contains(task.taskId());
    }
  }
}
