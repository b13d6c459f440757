package io.tallyman.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class UserControllerTest extends GatewayTest {
  private static final String USER = sample("user-service", "user");
  private static final String NEW_USER = sample("user-service", "new-user");

  @Inject Client client;

  @Test
  void userIsAddedWithThePasswordThatWasSent() {
    users.answerJson("POST /users", 201, USER);

    HttpResponse<String> added = client.post("/api/v1/users", NEW_USER);

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).hasValue("/api/v1/users/3");
    assertThat(added.body()).doesNotContain("password");
    assertThat(users.received().getFirst().text())
        .contains("\"password\":\"a long and quiet word\"");
  }

  @Test
  void userIsShown() {
    users.answerJson("GET /users/3", 200, USER);

    assertThat(client.get("/api/v1/users/3").body()).contains("\"username\":\"ada.okafor\"");
  }

  @Test
  void idsArePassedOnWithWhatDoesNotGoWithThem() {
    users.answerProblem("GET /users", 422, "invalid-fields");

    HttpResponse<String> refused = client.get("/api/v1/users?ids=3,1&limit=2&cursor=abc");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(users.received().getFirst().request().split("[?&]", -1))
        .containsExactlyInAnyOrder("GET /users", "ids=3%2C1", "limit=2", "cursor=abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/merge-patch+json"})
  void changeIsPassedOnWithNullsAndWithoutWhatIsLeftOut(String type) {
    users.answerJson("PATCH /users/3", 200, USER);

    HttpResponse<String> changed =
        client.send(
            client
                .request("/api/v1/users/3")
                .header("Content-Type", type)
                .method("PATCH", BodyPublishers.ofString("{\"name\": null, \"roles\": []}")));

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"username\":\"ada.okafor\"");
    assertThat(users.received().getFirst().text()).isEqualTo("{\"name\":null,\"roles\":[]}");
  }

  @Test
  void changeOfAnUnknownFieldIsRefused() {
    HttpResponse<String> refused = client.patch("/api/v1/users/3", "{\"user_name\": \"ada\"}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/user_name\"");
    assertThat(users.received()).isEmpty();
  }

  @Test
  void unknownFieldIsRefused() {
    HttpResponse<String> refused =
        client.post("/api/v1/users", NEW_USER.replace("username", "user_name"));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/user_name\"");
    assertThat(users.received()).isEmpty();
  }
}
