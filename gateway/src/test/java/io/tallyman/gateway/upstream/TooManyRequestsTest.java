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

/** Requests beyond a service's limits are rejected and do not wait in the gateway. */
@MicronautTest
final class TooManyRequestsTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 3;
  private static final int WAITING = 2;
  private static final int MORE = 60;

  @Inject Client client;

  private final SlowAnswers slow = new SlowAnswers(sample("billing-service", "task"));

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(super.getProperties());
    properties.put("tallyman.upstream.connections", Integer.toString(CONNECTIONS));
    properties.put("tallyman.upstream.max-waiting", Integer.toString(WAITING));
    properties.put("micronaut.http.services.billing-service.pool.acquire-timeout", "60s");
    properties.put("micronaut.http.services.billing-service.read-timeout", "60s");
    properties.put("tallyman.upstream.deadline", "120s");
    return properties;
  }

  @AfterEach
  void letAllGo() {
    slow.letGo();
  }

  @Test
  void someWaitForAConnectionAndTheRestIsToldAtOnceToTryAgain() {
    billing.answer(SlowCancel.ROUTE, slow);
    List<CompletableFuture<HttpResponse<String>>> first = ask(CONNECTIONS);
    await().atMost(PATIENCE).until(() -> slow.waiting() == CONNECTIONS);

    List<CompletableFuture<HttpResponse<String>>> more = ask(MORE);
    await().atMost(PATIENCE).until(() -> ended(more) == MORE - WAITING);

    assertThat(more)
        .filteredOn(CompletableFuture::isDone)
        .extracting(CompletableFuture::join)
        .allSatisfy(
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(503);
              assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
              assertThat(refused.body())
                  .contains("\"type\":\"urn:tallyman:problem:service-unavailable\"");
            });
    assertThat(slow.waiting()).isEqualTo(CONNECTIONS);

    slow.letGo();

    assertThat(succeeded(first)).isEqualTo(CONNECTIONS);
    assertThat(succeeded(more)).isEqualTo(WAITING);
  }

  private List<CompletableFuture<HttpResponse<String>>> ask(int times) {
    return Stream.generate(() -> client.sendAsync(SlowCancel.request(client)))
        .limit(times)
        .toList();
  }

  private static long ended(List<CompletableFuture<HttpResponse<String>>> answers) {
    return answers.stream().filter(CompletableFuture::isDone).count();
  }

  private static int succeeded(List<CompletableFuture<HttpResponse<String>>> answers) {
    return (int) answers.stream().filter(answer -> answer.join().statusCode() == 202).count();
  }
}
