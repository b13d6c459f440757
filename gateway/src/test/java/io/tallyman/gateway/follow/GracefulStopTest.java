package io.tallyman.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.SlowAnswers;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that is asked to stop answers all running requests first. */
final class GracefulStopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeService billing = new FakeService("billing-service");
  private final EmbeddedServer gateway =
      ApplicationContext.run(
          EmbeddedServer.class, Map.of("tallyman.billing-service.url", billing.url()));
  private final Client client = gateway.getApplicationContext().getBean(Client.class);

  @AfterEach
  void close() {
    gateway.getApplicationContext().close();
  }

  @Test
  void requestThatIsWithAServiceIsAnswered() {
    SlowAnswers slow = new SlowAnswers(GatewayTest.sample("billing-service", "task"));
    UUID id = UUID.randomUUID();
    billing.answer("GET /tasks/" + id, slow);
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(client.request("/api/v1/tasks/" + id));
    await().atMost(PATIENCE).until(() -> slow.waiting() == 1);

    CompletableFuture<Void> stopped = stop();
    await().atMost(PATIENCE).until(() -> !gateway.isRunning() || refusesOthers());
    assertThat(stopped).isNotDone();
    slow.letGo();

    assertThat(answer).succeedsWithin(PATIENCE).extracting(HttpResponse::statusCode).isEqualTo(200);
    assertThat(stopped).succeedsWithin(PATIENCE);
  }

  @Test
  void uploadThatHasBegunIsPassedOnToItsEnd() throws Exception {
    String task = GatewayTest.sample("billing-service", "task");
    billing.answerJson("POST /imports", 202, task);
    PipedOutputStream sender = new PipedOutputStream();
    PipedInputStream body = new PipedInputStream(sender);
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            client
                .request("/api/v1/imports")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(() -> body)));
    sender.write(new byte[100_000]);
    sender.flush();
    await().atMost(PATIENCE).until(() -> billing.begun() == 1);

    CompletableFuture<Void> stopped = stop();
    await().atMost(PATIENCE).until(() -> !gateway.isRunning() || refusesOthers());
    assertThat(stopped).isNotDone();
    sender.close();

    assertThat(answer).succeedsWithin(PATIENCE).extracting(HttpResponse::statusCode).isEqualTo(202);
    assertThat(stopped).succeedsWithin(PATIENCE);
  }

  @Test
  void whoeverWaitsForATaskIsToldAtOnceHowItIs() {
    UUID id = new StandInTasks(billing).waiting();
    FollowedTasks followed = gateway.getApplicationContext().getBean(FollowedTasks.class);
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(client.request("/api/v1/tasks/" + id).header("Prefer", "wait=30"));
    await().atMost(PATIENCE).until(() -> followed.waiting() == 1);

    CompletableFuture<Void> stopped = stop();

    assertThat(answer).succeedsWithin(PATIENCE).extracting(HttpResponse::statusCode).isEqualTo(200);
    assertThat(answer.join().body()).contains("\"status\":\"PENDING\"");
    assertThat(stopped).succeedsWithin(PATIENCE);
  }

  private CompletableFuture<Void> stop() {
    return CompletableFuture.runAsync(() -> gateway.getApplicationContext().close());
  }

  private boolean refusesOthers() {
    try {
      client.get("/health/liveness");
      return false;
    } catch (AssertionError refused) {
      return true;
    }
  }
}
