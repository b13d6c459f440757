package io.tallyman.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each call contains how long the gateway waits for the answer, minus 200 ms for the way back. */
@MicronautTest
final class SentDeadlinesTest extends GatewayTest {
  @Inject Client client;

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(super.getProperties());
    properties.put("micronaut.http.services.billing-service.read-timeout", "4s");
    properties.put("tallyman.upstream.deadline", "6s");
    return properties;
  }

  @ParameterizedTest
  @CsvSource({"/payables?year=2026,3800", "/stats,3800", "/vendors,2300", "/tasks,2300"})
  void billingServiceIsToldTheShortestLimit(String path, String millis) {
    client.get("/api/v1" + path);

    assertThat(sentTo(billing)).isEqualTo(millis);
  }

  @Test
  void callThatMayTakeLongEndsWithTheDeadlineOfAllCalls() {
    client.post(
        "/api/v1/users",
        """
        {"name": "Ada", "email": "a@b.example", "username": "ada", "password": "correct horse"}
        """);

    assertThat(sentTo(users)).isEqualTo("5800");
  }

  @Test
  void partsOfAnOverviewEndWithIt() {
    client.get("/api/v1/users/3/overview");

    assertThat(billing.received())
        .extracting(received -> received.headers().getFirst("X-Timeout-Ms"))
        .containsExactly("2300", "2300");
    assertThat(sentTo(users)).isEqualTo("2300");
  }

  private static String sentTo(FakeService service) {
    return service.received().getFirst().headers().getFirst("X-Timeout-Ms");
  }
}
