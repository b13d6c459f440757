package io.tallyman.gateway.follow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.gateway.task.Task;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting clients. There is no broker: hints come only from the test. */
@MicronautTest
final class LongPollTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Client client;
  @Inject EmbeddedServer gateway;
  @Inject FollowedTasks followed;
  @Inject JsonMapper json;

  @TempDir private Path directory;
  private StandInTasks tasks = new StandInTasks(billing);

  @BeforeEach
  void begin() {
    await().atMost(PATIENCE).until(() -> followed.waiting() == 0);
    tasks = new StandInTasks(billing);
  }

  @Test
  void answerComesWithTheEndOfTheTask() {
    UUID id = tasks.waiting();
    CompletableFuture<HttpResponse<String>> answer = ask(id, "wait=30");
    await().atMost(PATIENCE).until(() -> tasks.looks() == 1 && followed.waiting() == 1);
    assertThat(answer).isNotDone();

    tasks.endUnseen(id);
    followed.changed(id);

    HttpResponse<String> ended = answer.join();
    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(ended.body()).contains("\"status\":\"SUCCESS\"", "\"links\":{\"self\"");
    assertThat(ended.headers().firstValue("Preference-Applied")).hasValue("wait=30");
    assertThat(ended.headers().firstValue("Retry-After")).isEmpty();
    assertThat(ended.headers().firstValue("X-Request-Id")).isPresent();
  }

  @Test
  void taskThatHasEndedIsAnsweredFromTheFirstLook() {
    UUID id = tasks.waiting();
    tasks.end(id);

    HttpResponse<String> ended = ask(id, "wait=40").join();

    assertThat(ended.body()).contains("\"status\":\"SUCCESS\"");
    assertThat(ended.headers().firstValue("Preference-Applied")).hasValue("wait=30");
    assertThat(followed.waiting()).isZero();
  }

  @Test
  void taskThatGoesOnIsAnsweredAsItIsWhenTheTimeIsOver() {
    UUID id = tasks.waiting();
    CompletableFuture<HttpResponse<String>> answer = ask(id, "wait=1");
    await().atMost(PATIENCE).until(() -> tasks.looks() == 1);
    tasks.become(id, "STARTED");

    HttpResponse<String> still = answer.join();

    assertThat(still.body()).contains("\"status\":\"STARTED\"");
    assertThat(still.headers().firstValue("Preference-Applied")).hasValue("wait=1");
    assertThat(still.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void endWhoseHintWasLostIsFoundAllTheSame() {
    UUID id = tasks.waiting();
    CompletableFuture<HttpResponse<String>> answer = ask(id, "wait=30");
    await().atMost(PATIENCE).until(() -> tasks.looks() == 1);

    tasks.endUnseen(id);

    assertThat(answer.join().body()).contains("\"status\":\"SUCCESS\"");
  }

  @Test
  void preferenceThatMakesNoSenseIsIgnored() {
    UUID id = tasks.waiting();

    HttpResponse<String> shown = ask(id, "wait=soon").join();

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.headers().firstValue("Preference-Applied")).isEmpty();
  }

  @Test
  void unknownTaskIsRefusedAtOnceAndNobodyWaits() {
    UUID id = UUID.randomUUID();
    billing.answerProblem("GET /tasks/" + id, 404, "unknown-task-id");

    HttpResponse<String> refused = ask(id, "wait=30").join();

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body()).contains("urn:tallyman:problem:unknown-task-id");
    assertThat(followed.waiting()).isZero();
  }

  @Test
  void serviceThatIsAwayWhenTheTimeIsOverIsTold() {
    UUID id = tasks.waiting();
    billing.answerProblem("POST /internal/task-batches", 503, "service-unavailable");

    HttpResponse<String> refused = ask(id, "wait=1").join();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(refused.body())
        .contains("urn:tallyman:problem:service-unavailable", "/api/v1/tasks/" + id);
  }

  @Test
  void clientThatLeavesIsForgotten() throws IOException {
    UUID id = tasks.waiting();
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/tasks/%s HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=30\r\n%s\r\n\r\n"
                  .formatted(id, Tokens.ADMIN)
                  .getBytes(StandardCharsets.US_ASCII));
      await().atMost(PATIENCE).until(() -> tasks.looks() == 1 && followed.waiting() == 1);
    }

    await().atMost(Duration.ofSeconds(15)).until(() -> followed.waiting() == 0);
  }

  @Test
  void twoThousandWaitersHoldNoThreadAndNoConnectionAndAreToldByFewReads() throws IOException {
    List<UUID> ids = tasks.waiting(2_000);
    ask(ids.getFirst(), "wait=0").join();
    long threads = threads();

    // Groups are small enough for a busy machine to serve them in time.
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (UUID id : ids) {
      answers.add(ask(id, "wait=30"));
      if (answers.size() % 100 == 0) {
        await().atMost(PATIENCE).until(() -> followed.waiting() == answers.size());
      }
    }
    await().atMost(PATIENCE).until(() -> tasks.looks() == 2_001 && followed.waiting() == 2_000);

    // Other classes run at the same time and have some threads too.
    assertThat(threads()).isLessThan(threads + ids.size() / 10);
    assertThat(virtualThreads()).isLessThan(ids.size() / 10);
    assertThat(ask(tasks.waiting(), "wait=0").join().statusCode()).isEqualTo(200);

    ids.forEach(tasks::endUnseen);
    ids.forEach(followed::changed);

    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.join().body()).contains("\"SUCCESS\""));
    assertThat(tasks.looks()).isEqualTo(2_002);
    assertThat(tasks.batchReads()).isLessThan(200);
    await().atMost(PATIENCE).until(() -> followed.waiting() == 0);
  }

  @Test
  void submissionIsAnsweredWhenItsTaskHasEnded() throws IOException {
    UUID id = accepting();

    CompletableFuture<HttpResponse<String>> answer = submit("wait=30", Map.of());
    await().atMost(PATIENCE).until(() -> followed.waiting() == 1);
    assertThat(answer).isNotDone();
    followed.ended(ended(id));

    HttpResponse<String> ended = answer.join();
    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(ended.body()).contains("\"status\":\"SUCCESS\"", "\"links\":{\"self\"");
    assertThat(ended.headers().firstValue("Location")).hasValue("/api/v1/tasks/" + id);
    assertThat(ended.headers().firstValue("Preference-Applied")).hasValue("wait=30");
    assertThat(ended.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void taskThatEndsBeforeItsSubmissionIsAnsweredIsNotMissed() throws IOException {
    UUID id = accepting();
    followed.ended(ended(id));

    HttpResponse<String> ended = submit("wait=30", Map.of()).join();

    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(ended.body()).contains("\"status\":\"SUCCESS\"");
    assertThat(followed.waiting()).isZero();
  }

  @Test
  void submissionWhoseTimeIsOverIsAnsweredWithTheCurrentState() {
    UUID id = accepting();
    CompletableFuture<HttpResponse<String>> answer = submit("wait=1", Map.of());
    tasks.become(id, "STARTED");

    HttpResponse<String> still = answer.join();

    assertThat(still.statusCode()).isEqualTo(202);
    assertThat(still.body()).contains("\"status\":\"STARTED\"");
    assertThat(still.headers().firstValue("Location")).hasValue("/api/v1/tasks/" + id);
    assertThat(still.headers().firstValue("Preference-Applied")).hasValue("wait=1");
    assertThat(still.headers().firstValue("Retry-After")).hasValue("1");
  }

  /** The task may have ended long before, and then nothing reports its end. */
  @Test
  void taskOfARepeatedSubmissionIsReadAtOnce() {
    UUID id = accepting();
    tasks.endUnseen(id);

    HttpResponse<String> ended = submit("wait=30", Map.of("Idempotency-Key", "\"k\"")).join();

    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(ended.body()).contains("\"status\":\"SUCCESS\"");
    assertThat(tasks.batchReads()).isOne();
  }

  @Test
  void refusedSubmissionDoesNotWait() {
    billing.answerProblem("POST /tasks", 422, "invalid-parameters");

    HttpResponse<String> refused = submit("wait=30", Map.of()).join();

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(followed.waiting()).isZero();
  }

  /** billing-service accepts the next task. */
  private UUID accepting() {
    UUID id = tasks.waiting();
    billing.answerJson("POST /tasks", 202, StandInTasks.json(id, "PENDING"));
    return id;
  }

  private Task ended(UUID id) throws IOException {
    return requireNonNull(json.readValue(StandInTasks.json(id, "SUCCESS"), Task.class));
  }

  private CompletableFuture<HttpResponse<String>> submit(
      String preference, Map<String, String> headers) {
    HttpRequest.Builder request =
        client
            .request("/api/v1/tasks")
            .header("Prefer", preference)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"task": "billing.sheet", "parameters": {"billing_date": "2022-03-31"}}
                    """));
    headers.forEach(request::header);
    return client.sendAsync(request);
  }

  private CompletableFuture<HttpResponse<String>> ask(UUID id, String preference) {
    return client.sendAsync(client.request("/api/v1/tasks/" + id).header("Prefer", preference));
  }

  /** Without the threads of the test's own client. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("HttpClient-"))
        .count();
  }

  private long virtualThreads() throws IOException {
    Path dump = directory.resolve("threads");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
    try (Stream<String> lines = Files.lines(dump)) {
      return lines.filter(line -> line.matches("#\\d+ \".*\" virtual.*")).count();
    }
  }
}
