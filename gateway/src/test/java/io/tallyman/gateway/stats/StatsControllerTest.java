package io.tallyman.gateway.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeServices;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StatsControllerTest implements FakeServices {
  private static final String STATS = FakeServices.sample("billing-service", "stats");

  @Inject Client client;

  @Test
  void intervalIsPassedOnAsItCame() {
    BILLING.answerJson("GET /stats", 200, STATS);

    HttpResponse<String> shown = client.get("/api/v1/stats?from=2022-03-31T00:00:00%2B01:00");

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(BILLING.received().getFirst().request())
        .isEqualTo("GET /stats?from=2022-03-31T00%3A00%3A00%2B01%3A00");
  }

  @Test
  void refusedIntervalIsToldWithItsPointer() {
    BILLING.answerProblem("GET /stats", 422, "invalid-fields");

    assertThat(client.get("/api/v1/stats?to=x").statusCode()).isEqualTo(422);
  }

  @Test
  void unknownParameterIsRefusedBeforeAnybodyIsAsked() {
    assertThat(client.get("/api/v1/stats?until=x").body()).contains("\"pointer\":\"?until\"");
    assertThat(BILLING.received()).isEmpty();
  }
}
