package io.tallyman.gateway.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
final class ApiKeyControllerTest extends GatewayTest {
  private static final String NEW_KEY = sample("user-service", "new-api-key");
  private static final String PATH = "/api/v1/api-keys";

  @Inject Client client;

  @Test
  void keyIsMadeForTheSender() {
    String made = sample("user-service", "made-api-key");
    users.answerJson("POST /users/3/api-keys", 201, made);

    HttpResponse<String> answer = make("viewer", NEW_KEY);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(withoutSpace(answer.body())).isEqualTo(withoutSpace(made));
    assertThat(withoutSpace(users.received().getLast().text())).isEqualTo(withoutSpace(NEW_KEY));
  }

  @Test
  void keyCannotHaveARoleThatTheSenderDoesNotHave() {
    HttpResponse<String> answer = make("viewer", NEW_KEY.replace("viewer", "admin"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"pointer\":\"/scopes\"");
    assertThat(users.received()).noneMatch(sent -> sent.request().startsWith("POST"));
  }

  @ParameterizedTest
  @CsvSource({
    "admin, viewer, 201",
    "admin, clerk, 201",
    "admin, admin, 201",
    "clerk, clerk, 201",
    "clerk, viewer, 422",
    "clerk, emperor, 422",
    "clerk, admin, 422",
    "viewer, clerk, 422"
  })
  void onlyAnAdminMayGiveOtherRoles(String role, String scope, int status) {
    users.answerJson("POST /users/3/api-keys", 201, sample("user-service", "made-api-key"));

    assertThat(make(role, NEW_KEY.replace("viewer", scope)).statusCode()).isEqualTo(status);
  }

  @Test
  void nullIsNoRole() {
    assertThat(make("admin", NEW_KEY.replace("\"viewer\"", "null")).statusCode()).isEqualTo(422);
  }

  @Test
  void keysOfTheSenderAreListed() {
    String keys = sample("user-service", "api-keys");
    users.answerJson("GET /users/3/api-keys", 200, keys);

    assertThat(withoutSpace(send(client.anonymous(PATH)).body())).isEqualTo(withoutSpace(keys));
  }

  @Test
  void keyOfTheSenderIsDeleted() {
    users.answer("DELETE /users/3/api-keys/5", 204, Map.of(), new byte[0]);

    assertThat(send(client.anonymous(PATH + "/5").DELETE()).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void withoutATokenThereAreNoKeys(String method) {
    HttpRequest.Builder request =
        client
            .anonymous(method.equals("DELETE") ? PATH + "/5" : PATH)
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString(NEW_KEY) : BodyPublishers.noBody());

    assertThat(client.send(request).statusCode()).isEqualTo(401);
    assertThat(users.received()).isEmpty();
  }

  private HttpResponse<String> make(String role, String body) {
    return client.send(
        client
            .anonymous(PATH)
            .header("Authorization", Tokens.SHARED.bearer(role))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return client.send(request.header("Authorization", Tokens.SHARED.bearer("viewer")));
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s", "");
  }
}
