package io.tallyman.gateway.live.ticket;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.context.annotation.Property;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.PublishedKeys;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.gateway.live.StandInEvents;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Tickets, which a fake user-service exchanges. Each test has a gateway of its own, whose clock
 * begins with its first token.
 */
@MicronautTest(rebuildContext = true)
@Property(name = PublishedKeys.FETCHED, value = "true")
final class StreamTicketTest extends GatewayTest {
  private static final Tokens ISSUER = Tokens.of("ours");
  private static final String PATH = "/api/v1/stream-tickets";
  private static final String EXCHANGE = "POST /auth/ticket-tokens";
  private static final String TICKET = "Zq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI";
  private static final String KEY = "tally_" + "k".repeat(43);
  private static final int PATIENCE = 30;

  @Inject EmbeddedServer gateway;
  @Inject Client client;
  @Inject JsonMapper json;

  private HttpClient http = HttpClient.newHttpClient();
  private StandInEvents tasks = new StandInEvents(billing);

  @BeforeEach
  void begin() {
    http = HttpClient.newHttpClient();
    tasks = new StandInEvents(billing);
    users.answerJson("GET /auth/keys", 200, ISSUER.keys());
    users.answerJson(
        "POST /users/3/stream-tickets", 201, sample("user-service", "made-stream-ticket"));
    exchangeOnce(600);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
  }

  @Test
  void ticketIsMadeForTheSenderWithItsRolesAndTheEndOfItsToken() throws IOException {
    HttpResponse<String> made = post(ISSUER.issue("3", 300, "viewer"));

    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(node(made.body())).isEqualTo(node(sample("user-service", "made-stream-ticket")));
    JsonNode sent = node(users.received().getLast().text());
    assertThat(requireNonNull(requireNonNull(sent.get("roles")).get(0)).getStringValue())
        .isEqualTo("viewer");
    assertThat(requireNonNull(sent.get("token_ends_at")).getStringValue())
        .isEqualTo("2031-08-05T12:05:00Z");
    assertThat(names(sent)).isEqualTo(names(node(sample("user-service", "new-stream-ticket"))));
  }

  @Test
  void ticketOfAnApiKeyEndsWithTheKey() throws IOException {
    users.answerJson(
        "POST /auth/key-tokens",
        200,
        "{\"access_token\": \"%s\"}".formatted(ISSUER.issue("3", 50, "viewer")));

    assertThat(post(KEY).statusCode()).isEqualTo(201);

    JsonNode sent = node(users.received().getLast().text());
    assertThat(requireNonNull(sent.get("token_ends_at")).isNull()).isTrue();
    assertThat(requireNonNull(sent.get("api_key")).getStringValue()).isEqualTo(KEY);
  }

  @Test
  void senderWhoIsNotKnownGetsNoTicket() {
    HttpResponse<String> refused =
        client.send(client.anonymous(PATH).POST(BodyPublishers.noBody()));

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("problem:not-authenticated");
    assertThat(users.received()).isEmpty();
  }

  @Test
  void ticketOpensOneWebSocket() {
    WebSocket first = open("/ws/tasks?ticket=" + TICKET).join();

    assertThat(open("/ws/tasks?ticket=" + TICKET).handle(StreamTicketTest::status).join())
        .isEqualTo(401);
    first.abort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/events?", "/api/v1/events?status=PENDING&", "of a task"})
  void ticketOpensOneStream(String path) throws Exception {
    UUID id = tasks.task("PENDING");
    String stream =
        (path.equals("of a task") ? "/api/v1/tasks/" + id + "/events?" : path) + "ticket=" + TICKET;

    HttpResponse<InputStream> first = stream(stream);
    HttpResponse<InputStream> second = stream(stream);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(401);
    assertThat(new String(second.body().readAllBytes(), StandardCharsets.UTF_8))
        .contains("problem:invalid-token")
        .doesNotContain(TICKET);
    first.body().close();
  }

  @Test
  void webSocketEndsWhenItsTicketIsNotRenewed() {
    exchangeOnce(0);
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket = open("/ws/tasks?ticket=" + TICKET, closed).join();

    assertThat(closed.orTimeout(PATIENCE, SECONDS).join()).isEqualTo(4401);
    socket.abort();
  }

  @Test
  void streamEndsWhenItsTicketIsNotRenewed() throws Exception {
    users.answer(EXCHANGE, _ -> accessToken(0));

    HttpResponse<InputStream> stream = stream("/api/v1/events?ticket=" + TICKET);

    assertThat(stream.statusCode()).isEqualTo(200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().anyMatch("event: snapshot"::equals)).isTrue();
      users.answerProblem(EXCHANGE, 401, "invalid-token");
      assertThat(lines.lines().toList()).doesNotContain("event: snapshot");
    }
  }

  @Test
  void webSocketGoesOnWhileItsTicketIsRenewed() {
    Iterator<Integer> seconds = List.of(-1, 3, 600).iterator();
    users.answer(EXCHANGE, _ -> accessToken(seconds.next()));
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket = open("/ws/tasks?ticket=" + TICKET, closed).join();

    await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> exchanges() == 3);

    assertThat(sentTickets()).containsExactly(false, true, true);
    assertThat(closed).isNotDone();
    socket.abort();
  }

  @Test
  void headerTakesPrecedenceAndTheTicketIsNotUsed() throws Exception {
    String path = "/api/v1/events?ticket=" + TICKET;
    HttpResponse<InputStream> withToken =
        stream(path, "Authorization", "Bearer " + ISSUER.issue("3", 600, "viewer"));
    assertThat(withToken.statusCode()).isEqualTo(200);
    withToken.body().close();
    assertThat(exchanges()).isZero();

    HttpResponse<InputStream> withTicket = stream(path);

    assertThat(withTicket.statusCode()).isEqualTo(200);
    withTicket.body().close();
    assertThat(exchanges()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/tasks", "/api/v1/me", "/api/v1/users/3", "/api/v1/workers"})
  void ticketIsNoParameterOfAnotherRoute(String path) {
    String withTicket = path + "?ticket=" + TICKET;
    HttpResponse<String> anonymous = client.getAnonymously(withTicket);
    HttpResponse<String> refused =
        client.send(client.anonymous(withTicket).header("Authorization", ISSUER.bearer("admin")));

    assertThat(anonymous.statusCode()).isEqualTo(401);
    assertThat(anonymous.body()).contains("problem:not-authenticated").doesNotContain(TICKET);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"?ticket\"").doesNotContain(TICKET);
    assertThat(exchanges()).isZero();
  }

  @Test
  void onlyTheBeginningOfAStreamUsesATicket() {
    HttpResponse<String> head =
        client.send(
            client
                .anonymous("/api/v1/events?ticket=" + TICKET)
                .header("Accept", "text/event-stream")
                .method("HEAD", BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(401);
    assertThat(exchanges()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "tally_Zq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI"})
  void whatCannotBeATicketCausesNoRequest(String ticket) throws Exception {
    HttpResponse<InputStream> refused = stream("/api/v1/events?ticket=" + ticket);

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
        .contains("problem:invalid-token")
        .doesNotContain(ticket);
    assertThat(users.received()).isEmpty();
  }

  @Test
  void ticketIsInNoLog() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    try {
      stream("/api/v1/events?ticket=" + TICKET).body().close();
      stream("/api/v1/events?ticket=" + TICKET).body().close();
      users.answer(EXCHANGE, 503, Map.of(), new byte[0]);
      assertThat(stream("/api/v1/events?ticket=" + TICKET).statusCode()).isEqualTo(503);
      users.answer(EXCHANGE, 500, Map.of(), new byte[0]);
      assertThat(stream("/api/v1/events?ticket=" + TICKET).statusCode()).isEqualTo(502);
    } finally {
      root.detachAppender(log);
    }

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(TICKET));
  }

  /** The first exchange gets a token that lasts some seconds, and further ones are refused. */
  private void exchangeOnce(int seconds) {
    users.answer(
        EXCHANGE,
        sent -> {
          assertThat(sent).contains(TICKET);
          users.answerProblem(EXCHANGE, 401, "invalid-token");
          return accessToken(seconds);
        });
  }

  private static String accessToken(int seconds) {
    return "{\"access_token\": \"%s\"}".formatted(ISSUER.issue("3", seconds, "viewer"));
  }

  /** Of each exchange, whether it was for an open stream. */
  private List<Boolean> sentTickets() {
    return users.received().stream()
        .filter(sent -> sent.request().equals(EXCHANGE))
        .map(sent -> sent.text().contains("\"is_open\":true"))
        .toList();
  }

  private long exchanges() {
    return users.received().stream().filter(sent -> sent.request().equals(EXCHANGE)).count();
  }

  private HttpResponse<String> post(String token) {
    return client.send(
        client
            .anonymous(PATH)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.noBody()));
  }

  private HttpResponse<InputStream> stream(String path, String... headers) throws Exception {
    HttpRequest.Builder request = client.anonymous(path).header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofInputStream()).get(PATIENCE, SECONDS);
  }

  private CompletableFuture<WebSocket> open(String path) {
    return open(path, new CompletableFuture<>());
  }

  private CompletableFuture<WebSocket> open(String path, CompletableFuture<Integer> closed) {
    return http.newWebSocketBuilder()
        .subprotocols("tallyman.tasks.v1")
        .buildAsync(
            URI.create("ws://127.0.0.1:" + gateway.getPort() + path),
            new WebSocket.Listener() {
              @Override
              public @Nullable CompletionStage<?> onClose(
                  WebSocket socket, int code, String reason) {
                closed.complete(code);
                return null;
              }
            });
  }

  /** The status of the answer to a handshake; 0 if it succeeds. */
  private static int status(@Nullable WebSocket socket, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof WebSocketHandshakeException refused
        ? refused.getResponse().statusCode()
        : 0;
  }

  private JsonNode node(String text) throws IOException {
    return requireNonNull(json.readValue(text, JsonNode.class));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.entries().forEach(entry -> names.add(entry.getKey()));
    return names;
  }
}
