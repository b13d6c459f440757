package io.tallyman.gateway.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@MicronautTest
final class BillingControllerTest extends GatewayTest {
  private static final String NEW = sample("billing-service", "new-billing");

  @Inject Client client;

  @Test
  void addedBillingIsAnsweredWithItsPlace() {
    billing.answerJson("POST /billings", 201, sample("billing-service", "billing"));

    HttpResponse<String> added = client.post("/api/v1/billings", NEW);

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).hasValue("/api/v1/billings/11");
    assertThat(added.body()).contains("\"payable\":\"-1250.00\"");
  }

  @Test
  void duplicateIsPassedOn() {
    billing.answerProblem("POST /billings", 409, "duplicate-billing");

    HttpResponse<String> refused = client.post("/api/v1/billings", NEW);

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("urn:tallyman:problem:duplicate-billing");
  }

  @Test
  void unknownFieldIsRefusedBeforeAnybodyIsAsked() {
    HttpResponse<String> refused =
        client.post("/api/v1/billings", NEW.replace("reference", "referense"));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/referense\"");
    assertThat(billing.received()).isEmpty();
  }
}
