package io.tallyman.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.SlowAnswers;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that wait for a slow service need no platform threads in the gateway. */
@MicronautTest
final class ManyRequestsTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 1_000;

  @Inject Client client;

  private final SlowAnswers slow = new SlowAnswers(sample("billing-service", "task"));

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(super.getProperties());
    properties.put("micronaut.http.services.billing-service.read-timeout", "60s");
    properties.put("tallyman.upstream.deadline", "90s");
    return properties;
  }

  @AfterEach
  void letAllGo() {
    slow.letGo();
  }

  @Test
  void aThousandAreWithASlowServiceAtOnceWhileQuickOnesAreAnswered() {
    billing.answer(SlowCancel.ROUTE, slow);
    billing.answerJson("GET /vendors/8", 200, sample("billing-service", "vendor"));
    users.answerJson("GET /users/3", 200, sample("user-service", "user"));
    assertThat(client.get("/api/v1/vendors/8").statusCode()).isEqualTo(200);
    long threads = threads();

    List<CompletableFuture<HttpResponse<String>>> answers =
        Stream.generate(() -> client.sendAsync(SlowCancel.request(client))).limit(MANY).toList();
    await().atMost(PATIENCE).until(() -> slow.waiting() == MANY);

    assertThat(client.get("/api/v1/vendors/8").statusCode()).isEqualTo(200);
    assertThat(client.get("/api/v1/users/3").statusCode()).isEqualTo(200);
    assertThat(slow.waiting()).isEqualTo(MANY);
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    assertThat(threads()).isLessThan(threads + 20);

    slow.letGo();

    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));
  }

  /** Without the threads of the test's own client. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("HttpClient-"))
        .count();
  }
}
