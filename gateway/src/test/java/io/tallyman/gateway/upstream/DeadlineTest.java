package io.tallyman.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.SlowAnswers;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** If nothing else ends a call, its deadline ends it. */
@MicronautTest
final class DeadlineTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Client client;

  private final SlowAnswers slow = new SlowAnswers(sample("billing-service", "task"));

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(super.getProperties());
    properties.put("micronaut.http.services.billing-service.read-timeout", "1h");
    properties.put("tallyman.upstream.deadline", "1s");
    return properties;
  }

  @AfterEach
  void letAllGo() {
    slow.letGo();
  }

  @Test
  void clientIsToldToTryAgain() {
    billing.answer(SlowCancel.ROUTE, slow);

    HttpResponse<String> refused =
        assertTimeoutPreemptively(
            PATIENCE, () -> client.sendAsync(SlowCancel.request(client)).join());

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(refused.body()).contains("urn:tallyman:problem:service-unavailable");
  }
}
