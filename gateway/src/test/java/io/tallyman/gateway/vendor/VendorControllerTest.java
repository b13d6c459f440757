package io.tallyman.gateway.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeServices;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void vendorIsChangedOnceItsNewManagerIsKnown() {
    USERS.answerJson("GET /users/3", 200, FakeServices.sample("user-service", "user"));
    BILLING.answerJson("PATCH /vendors/7", 200, VENDOR);

    HttpResponse<String> changed = client.patch("/api/v1/vendors/7", "{\"manager_id\": 3}");

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"account_number\":\"WPH-0042\"");
    assertThat(BILLING.received().getFirst().text()).isEqualTo("{\"manager_id\":3}");
  }

  @Test
  void unknownNewManagerIsRefusedAndNothingIsChanged() {
    USERS.answerProblem("GET /users/3", 404, "unknown-user");

    HttpResponse<String> refused = client.patch("/api/v1/vendors/7", "{\"manager_id\": 3}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"type\":\"urn:tallyman:problem:unknown-manager\"");
    assertThat(BILLING.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"manager_id\":null}", "{\"currency\":\"EUR\"}"})
  void changeWithoutANewManagerNeedsNoUser(String patch) {
    BILLING.answerJson("PATCH /vendors/7", 200, VENDOR);

    assertThat(client.patch("/api/v1/vendors/7", patch).statusCode()).isEqualTo(200);
    assertThat(BILLING.received().getFirst().text()).isEqualTo(patch);
    assertThat(USERS.received()).isEmpty();
  }

  @Test
  void changeOfAnUnknownFieldIsRefused() {
    HttpResponse<String> refused = client.patch("/api/v1/vendors/7", "{\"manager\": 3}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/manager\"");
    assertThat(BILLING.received()).isEmpty();
  }

  @Test
  void vendorIsShown() {
    BILLING.answerJson("GET /vendors/7", 200, VENDOR);

    assertThat(client.get("/api/v1/vendors/7").body()).contains("\"account_number\":\"WPH-0042\"");
  }
}
