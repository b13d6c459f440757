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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No request waits forever, neither for a service nor for a connection to it. */
@MicronautTest
final class SlowServiceTest extends GatewayTest {
  @Inject Client client;

  private final SlowAnswers slow = new SlowAnswers(sample("billing-service", "vendor"));

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(super.getProperties());
    properties.put("tallyman.upstream.connections", "1");
    properties.put("micronaut.http.services.billing-service.pool.acquire-timeout", "200ms");
    properties.put("micronaut.http.services.billing-service.read-timeout", "3s");
    return properties;
  }

  @AfterEach
  void letAllGo() {
    slow.letGo();
  }

  @Test
  void whoeverWaitsTooLongIsToldToTryAgain() {
    billing.answer("GET /vendors/7", slow);

    CompletableFuture<HttpResponse<String>> forTheService =
        client.sendAsync(client.request("/api/v1/vendors/7"));
    await().atMost(Duration.ofSeconds(30)).until(() -> slow.waiting() == 1);
    CompletableFuture<HttpResponse<String>> forAConnection =
        client.sendAsync(client.request("/api/v1/vendors/7"));

    assertThat(List.of(forAConnection.join(), forTheService.join()))
        .allSatisfy(
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(503);
              assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
              assertThat(refused.body())
                  .contains("\"type\":\"urn:tallyman:problem:service-unavailable\"");
            });
  }
}
