package io.tallyman.gateway.vendor;

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
final class VendorControllerTest implements FakeServices {
  private static final String VENDOR = FakeServices.sample("billing-service", "vendor");
  private static final String MANAGED =
      "{\"account_name\": \"Willow Park Housing Trust\", \"manager_id\": 3}";

  @Inject Client client;

  @Test
  void vendorIsAddedOnceItsManagerIsKnown() {
    USERS.answerJson("GET /users/3", 200, FakeServices.sample("user-service", "user"));
    BILLING.answerJson("POST /vendors", 201, VENDOR);

    HttpResponse<String> added = client.post("/api/v1/vendors", MANAGED);

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).hasValue("/api/v1/vendors/7");
    assertThat(BILLING.received().getFirst().text()).contains("\"manager_id\":3");
  }

  @Test
  void unknownManagerIsRefusedAndNothingIsAdded() {
    USERS.answerProblem("GET /users/3", 404, "unknown-user");

    HttpResponse<String> refused = client.post("/api/v1/vendors", MANAGED);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains(
            "\"type\":\"urn:tallyman:problem:unknown-manager\"", "\"pointer\":\"/manager_id\"");
    assertThat(BILLING.received()).isEmpty();
  }

  @Test
  void vendorIsNotAddedWhileItsManagerCannotBeChecked() {
    USERS.answerProblem("GET /users/3", 503, "down");

    assertThat(client.post("/api/v1/vendors", MANAGED).statusCode()).isEqualTo(503);
    assertThat(BILLING.received()).isEmpty();
  }

  @Test
  void vendorWithoutManagerNeedsNoUser() {
    BILLING.answerJson("POST /vendors", 201, VENDOR);

    assertThat(client.post("/api/v1/vendors", "{\"account_name\": \"Willow\"}").statusCode())
        .isEqualTo(201);
    assertThat(USERS.received()).isEmpty();
  }

  @Test
  void vendorIsShown() {
    BILLING.answerJson("GET /vendors/7", 200, VENDOR);

    assertThat(client.get("/api/v1/vendors/7").body()).contains("\"account_number\":\"WPH-0042\"");
  }
}
