package io.tallyman.gateway.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@MicronautTest
final class StatsControllerTest extends GatewayTest {
  private static final String STATS = sample("billing-service", "stats");

  @Inject Client client;

  @Test
  void intervalIsPassedOnAsItCame() {
    billing.answerJson("GET /stats", 200, STATS);

    HttpResponse<String> shown = client.get("/api/v1/stats?from=2022-03-31T00:00:00%2B01:00");

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(billing.received().getFirst().request())
        .isEqualTo("GET /stats?from=2022-03-31T00%3A00%3A00%2B01%3A00");
  }

  @Test
  void refusedIntervalIsToldWithItsPointer() {
    billing.answerProblem("GET /stats", 422, "invalid-fields");

    assertThat(client.get("/api/v1/stats?to=x").statusCode()).isEqualTo(422);
  }

  @Test
  void unknownParameterIsRefusedBeforeAnybodyIsAsked() {
    assertThat(client.get("/api/v1/stats?until=x").body()).contains("\"pointer\":\"?until\"");
    assertThat(billing.received()).isEmpty();
  }
}
