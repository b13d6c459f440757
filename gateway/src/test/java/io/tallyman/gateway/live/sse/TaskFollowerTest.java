package io.tallyman.gateway.live.sse;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.gateway.live.StandInEvents;
import io.tallyman.gateway.live.sse.TaskFollower.TaskEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;

/** The Java client of docs/live.md. */
final class TaskFollowerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String KEY = "tally_" + "k".repeat(43);

  private final FakeService users = userService();
  private final FakeService billing = new FakeService("billing-service");
  private final StandInEvents tasks = new StandInEvents(billing);
  private EmbeddedServer gateway = startGateway(-1);
  private final ApplicationContext program =
      ApplicationContext.run(
          Map.of(
              "micronaut.http.services.gateway.url",
              "http://127.0.0.1:" + gateway.getPort(),
              "tallyman.api-key",
              KEY,
              "micronaut.http.services.gateway.read-timeout",
              "45s"));
  private final List<String> received = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    program.close();
    gateway.stop();
  }

  @Test
  void eventsComeOnceAlthoughTheGatewayIsRestarted() {
    UUID id = tasks.task("PENDING", "STARTED");
    CompletableFuture<@Nullable Void> end = follow(id);
    await().atMost(PATIENCE).until(() -> received.size() == 2);

    int port = gateway.getPort();
    gateway.stop();
    tasks.become(id, "RETRY");
    tasks.become(id, "STARTED");
    tasks.become(id, "SUCCESS");
    gateway = startGateway(port);

    assertThat(end).succeedsWithin(PATIENCE);
    assertThat(received)
        .containsExactly(
            "task.pending 1",
            "task.started 2",
            "task.retry 3",
            "task.started 4",
            "task.succeeded 5");
  }

  @Test
  void connectionStaysOpenWhileNothingHappens() {
    UUID id = tasks.task("PENDING");
    CompletableFuture<@Nullable Void> end = follow(id);
    await().atMost(PATIENCE).until(() -> received.size() == 1);

    // Meanwhile the gateway sends comments.
    await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> connections(id) == 1);
    tasks.become(id, "REVOKED");

    assertThat(end).succeedsWithin(PATIENCE);
    assertThat(received).containsExactly("task.pending 1", "task.revoked 2");
    assertThat(connections(id)).isEqualTo(1);
  }

  @Test
  void taskThatDoesNotExistIsAFailure() {
    UUID missing = UUID.randomUUID();
    billing.answerProblem("GET /tasks/" + missing, 404, "unknown-task-id");

    assertThatThrownBy(() -> follow(missing).get(PATIENCE.toSeconds(), SECONDS))
        .hasCauseInstanceOf(HttpClientResponseException.class);
  }

  @Test
  void documentShowsTheSameCode() throws IOException {
    String name = TaskFollower.class.getName().replace('.', '/') + ".java";
    String source = Files.readString(Path.of("src", "test", "java").resolve(name));
    String document = Files.readString(Path.of("..", "docs", "live.md"));

    assertThat(document)
        .contains("```java\n" + source.substring(source.indexOf("import ")) + "```");
  }

  private CompletableFuture<@Nullable Void> follow(UUID id) {
    return JdkFlowAdapter.flowPublisherToFlux(program.getBean(TaskFollower.class).follow(id))
        .map(TaskFollowerTest::inShort)
        .doOnNext(received::add)
        .then()
        .toFuture();
  }

  /** The gateway reads the task for each stream. */
  private long connections(UUID id) {
    return billing.received().stream()
        .filter(read -> read.request().equals("GET /tasks/" + id))
        .count();
  }

  private static String inShort(TaskEvent event) {
    return event.type() + ' ' + event.seq();
  }

  private static FakeService userService() {
    FakeService users = new FakeService("user-service");
    users.answerJson(
        "POST /auth/key-tokens",
        200,
        "{\"access_token\": \"%s\"}".formatted(Tokens.SHARED.issue("3", 50, "viewer")));
    return users;
  }

  private EmbeddedServer startGateway(int port) {
    return ApplicationContext.run(
        EmbeddedServer.class,
        Map.of(
            "tallyman.user-service.url",
            users.url(),
            "tallyman.billing-service.url",
            billing.url(),
            "tallyman.live.comment-interval",
            "100ms",
            "micronaut.server.port",
            port));
  }
}
