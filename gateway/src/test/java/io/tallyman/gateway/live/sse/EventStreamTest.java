package io.tallyman.gateway.live.sse;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.annotation.Property;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.StandInEvents;
import io.tallyman.gateway.live.event.TaskProgress;
import io.tallyman.gateway.live.session.Sessions;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server-sent events. There is no broker: hints come only from the test. */
@MicronautTest
@Property(name = "tallyman.live.comment-interval", value = "1s")
final class EventStreamTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Client client;
  @Inject LiveEvents events;
  @Inject Sessions sessions;
  @Inject JsonMapper json;

  private final HttpClient http = HttpClient.newHttpClient();
  private StandInEvents tasks = new StandInEvents(billing);

  @BeforeEach
  void begin() {
    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
    tasks = new StandInEvents(billing);
  }

  @AfterAll
  void stop() {
    http.shutdownNow();
  }

  @Test
  void endedTaskHasItsWholeHistoryAndTheStreamEnds() throws Exception {
    UUID id = tasks.task("PENDING", "STARTED", "SUCCESS");

    HttpResponse<String> answer = client.send(stream("/api/v1/tasks/" + id + "/events"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
    List<String> lines = answer.body().lines().filter(line -> !line.startsWith(":")).toList();
    assertThat(lines.getFirst()).matches("retry: [123][0-9]{3}");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("id: ") || line.startsWith("event: "))
        .containsExactly(
            "id: 1",
            "event: task.pending",
            "id: 2",
            "event: task.started",
            "id: 3",
            "event: task.succeeded");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("data: "))
        .last()
        .satisfies(data -> assertThat(data).contains("\"status\":\"SUCCESS\"", "\"links\""));
    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
  }

  @Test
  void runningTaskIsFollowedToItsEnd() throws Exception {
    UUID id = tasks.task("PENDING");
    try (Lines lines = open("/api/v1/tasks/" + id + "/events")) {
      assertThat(lines.nextEvent()).isEqualTo("id: 1 event: task.pending");

      change(id, "STARTED");
      assertThat(lines.nextEvent()).isEqualTo("id: 2 event: task.started");

      events.progressed(
          new TaskProgress(
              id,
              "billing.sheet",
              null,
              Instant.EPOCH,
              1,
              Objects.requireNonNull(
                  json.readValue(
                      "{\"phase\": \"writing\", \"unit\": \"rows\", \"done\": 1, \"total\": 2}",
                      io.micronaut.json.tree.JsonNode.class))));
      assertThat(lines.nextEvent()).isEqualTo("event: task.progress");

      change(id, "FAILURE");
      assertThat(lines.nextEvent()).isEqualTo("id: 3 event: task.failed");
      assertThat(lines.ends()).isTrue();
    }
  }

  @Test
  void lastEventIdResumesTheStream() throws Exception {
    UUID id = tasks.task("PENDING", "STARTED");
    try (Lines lines = open("/api/v1/tasks/" + id + "/events", "Last-Event-ID", "1")) {
      assertThat(lines.nextEvent()).isEqualTo("id: 2 event: task.started");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "x", "-1", "99999999999"})
  void lastEventIdThatTheTaskDoesNotHaveBeginsWithTheFirstEvent(String lastEventId)
      throws Exception {
    UUID id = tasks.task("PENDING");
    try (Lines lines = open("/api/v1/tasks/" + id + "/events", "Last-Event-ID", lastEventId)) {
      assertThat(lines.nextEvent()).isEqualTo("id: 1 event: task.pending");
    }
  }

  @Test
  void clientThatHasTheLastEventIsToldSo() {
    UUID id = tasks.task("PENDING", "SUCCESS");

    HttpResponse<String> answer =
        client.send(stream("/api/v1/tasks/" + id + "/events").header("Last-Event-ID", "2"));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void missingTaskIsAProblem() {
    UUID id = UUID.randomUUID();
    billing.answerProblem("GET /tasks/" + id, 410, "expired");

    HttpResponse<String> answer = client.send(stream("/api/v1/tasks/" + id + "/events"));

    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(answer.body()).contains("urn:tallyman:problem:expired");
  }

  @Test
  void filterBeginsWithASnapshot() throws Exception {
    UUID id = tasks.task("PENDING", "STARTED");
    try (Lines lines = open("/api/v1/events?status=STARTED")) {
      assertThat(lines.nextEvent()).isEqualTo("event: snapshot");
      assertThat(lines.data()).contains(id.toString(), "\"next_cursor\":null");

      change(id, "SUCCESS");
      assertThat(lines.nextEvent()).isEqualTo("event: task.succeeded");
      assertThat(lines.data()).contains("\"matches\":false");
    }
    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
  }

  @Test
  void silenceIsInterruptedByComments() throws Exception {
    UUID id = tasks.task("PENDING");
    try (Lines lines = open("/api/v1/tasks/" + id + "/events")) {
      assertThat(lines.nextEvent()).isEqualTo("id: 1 event: task.pending");

      assertThat(lines.comment()).isEqualTo(":");
      assertThat(lines.comment()).isEqualTo(":");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status=started", "from=today", "state=STARTED"})
  void invalidFilterIsAProblem(String query) {
    HttpResponse<String> answer = client.send(stream("/api/v1/events?" + query));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"pointer\":\"?" + query.split("=", -1)[0] + '"');
  }

  @Test
  void filterThatBillingServiceRejectsIsAProblem() {
    billing.answerProblem("GET /tasks", 422, "invalid-fields");

    HttpResponse<String> answer = client.send(stream("/api/v1/events?task=nonsense"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(sessions.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "*/*", "application/json, text/event-stream"})
  void eventsAreAListUnlessAStreamIsWanted(String accept) {
    UUID id = tasks.task("PENDING");
    billing.answerJson(
        "GET /tasks/" + id + "/events", 200, sample("billing-service", "task-events"));

    HttpResponse<String> answer =
        client.send(client.request("/api/v1/tasks/" + id + "/events").header("Accept", accept));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).contains("\"data\":[");
  }

  @Test
  void headOpensNoStream() {
    HttpResponse<String> answer =
        client.send(stream("/api/v1/events").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(sessions.count()).isZero();
  }

  private void change(UUID id, String status) {
    events.changed(id, tasks.become(id, status));
  }

  private HttpRequest.Builder stream(String path) {
    return client.request(path).header("Accept", "text/event-stream");
  }

  private Lines open(String path, String... headers) throws Exception {
    HttpRequest.Builder request = stream(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<InputStream> answer =
        http.sendAsync(request.build(), BodyHandlers.ofInputStream()).get(30, SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Lines(answer.body());
  }

  /** The lines of a stream. */
  private static final class Lines implements AutoCloseable {
    private final BufferedReader reader;
    private String data = "";

    Lines(InputStream body) {
      reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The id and the type of the next event. */
    String nextEvent() throws IOException {
      List<String> head = new ArrayList<>();
      String line = next();
      while (!(line.isEmpty() && !head.isEmpty())) {
        if (line.startsWith("data: ")) {
          data = line;
        } else if (line.startsWith("id: ") || line.startsWith("event: ")) {
          head.add(line);
        }
        line = next();
      }
      return String.join(" ", head);
    }

    String data() {
      return data;
    }

    String comment() throws IOException {
      String line = next();
      while (line.isEmpty()) {
        line = next();
      }
      return line;
    }

    boolean ends() throws IOException {
      String line = reader.readLine();
      while (line != null && line.isEmpty()) {
        line = reader.readLine();
      }
      return line == null;
    }

    private String next() throws IOException {
      return Objects.requireNonNull(reader.readLine(), "the stream has ended");
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
