package io.tallyman.gateway.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class VendorControllerTest extends GatewayTest {
  private static final String VENDOR = sample("billing-service", "vendor");
  private static final String MANAGED =
      "{\"account_name\": \"Willow Park Housing Trust\", \"manager_id\": 3}";

  @Inject Client client;

  @Test
  void vendorIsAddedOnceItsManagerIsKnown() {
    users.answerJson("GET /users/3", 200, sample("user-service", "user"));
    billing.answerJson("POST /vendors", 201, VENDOR);

    HttpResponse<String> added = client.post("/api/v1/vendors", MANAGED);

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).hasValue("/api/v1/vendors/7");
    assertThat(billing.received().getFirst().text()).contains("\"manager_id\":3");
  }

  @Test
  void unknownManagerIsRefusedAndNothingIsAdded() {
    users.answerProblem("GET /users/3", 404, "unknown-user");

    HttpResponse<String> refused = client.post("/api/v1/vendors", MANAGED);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains(
            "\"type\":\"urn:tallyman:problem:unknown-manager\"", "\"pointer\":\"/manager_id\"");
    assertThat(billing.received()).isEmpty();
  }

  @Test
  void vendorIsNotAddedWhileItsManagerCannotBeChecked() {
    users.answerProblem("GET /users/3", 503, "down");

    assertThat(client.post("/api/v1/vendors", MANAGED).statusCode()).isEqualTo(503);
    assertThat(billing.received()).isEmpty();
  }

  @Test
  void vendorWithoutManagerNeedsNoUser() {
    billing.answerJson("POST /vendors", 201, VENDOR);

    assertThat(client.post("/api/v1/vendors", "{\"account_name\": \"Willow\"}").statusCode())
        .isEqualTo(201);
    assertThat(users.received()).isEmpty();
  }

  @Test
  void vendorIsChangedOnceItsNewManagerIsKnown() {
    users.answerJson("GET /users/3", 200, sample("user-service", "user"));
    billing.answerJson("PATCH /vendors/7", 200, VENDOR);

    HttpResponse<String> changed = client.patch("/api/v1/vendors/7", "{\"manager_id\": 3}");

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"account_number\":\"WPH-0042\"");
    assertThat(billing.received().getFirst().text()).isEqualTo("{\"manager_id\":3}");
  }

  @Test
  void unknownNewManagerIsRefusedAndNothingIsChanged() {
    users.answerProblem("GET /users/3", 404, "unknown-user");

    HttpResponse<String> refused = client.patch("/api/v1/vendors/7", "{\"manager_id\": 3}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"type\":\"urn:tallyman:problem:unknown-manager\"");
    assertThat(billing.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"manager_id\":null}", "{\"currency\":\"EUR\"}"})
  void changeWithoutANewManagerNeedsNoUser(String patch) {
    billing.answerJson("PATCH /vendors/7", 200, VENDOR);

    assertThat(client.patch("/api/v1/vendors/7", patch).statusCode()).isEqualTo(200);
    assertThat(billing.received().getFirst().text()).isEqualTo(patch);
    assertThat(users.received()).isEmpty();
  }

  @Test
  void changeOfAnUnknownFieldIsRefused() {
    HttpResponse<String> refused = client.patch("/api/v1/vendors/7", "{\"manager\": 3}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/manager\"");
    assertThat(billing.received()).isEmpty();
  }

  @Test
  void vendorIsShown() {
    billing.answerJson("GET /vendors/7", 200, VENDOR);

    assertThat(client.get("/api/v1/vendors/7").body()).contains("\"account_number\":\"WPH-0042\"");
  }
}
