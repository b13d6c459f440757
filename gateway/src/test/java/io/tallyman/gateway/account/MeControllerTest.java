package io.tallyman.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Sessions;
import io.tallyman.gateway.access.Tokens;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@MicronautTest
final class MeControllerTest extends GatewayTest {
  private static final String CHANGE = "PUT /users/3/password";
  private static final String BODY =
      """
      {"current_password": "a long and quiet word", "new_password": "another quiet word"}
      """;
  private static final String SAMPLE = sample("user-service", "new-password");

  @Inject Client client;
  @Inject JsonMapper json;

  @Test
  void passwordIsChangedWithTheSessionThatGoesOn() throws IOException {
    users.answer("POST /auth/session-tokens", _ -> exchanged());
    users.answer(CHANGE, 204, Map.of(), new byte[0]);
    String session = String.valueOf(fields(SAMPLE).get("session"));

    HttpResponse<String> changed =
        client.send(
            put(BODY)
                .header("Cookie", "tallyman-session=" + session)
                .header("X-CSRF-Token", Sessions.csrfToken(session)));

    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
    assertThat(changed.body()).isEmpty();
    assertThat(fields(users.received().getLast().text())).isEqualTo(fields(SAMPLE));
  }

  @Test
  void passwordIsChangedWithAnAccessToken() throws IOException {
    users.answer(CHANGE, 204, Map.of(), new byte[0]);

    assertThat(send(BODY).statusCode()).isEqualTo(204);

    assertThat(fields(users.received().getLast().text()).get("session")).isNull();
  }

  @Test
  void apiKeyChangesNoPasswordAndIsToldWhatDoes() {
    users.answer("POST /auth/key-tokens", _ -> exchanged());

    HttpResponse<String> refused =
        client.send(put(BODY).header("Authorization", "Bearer tally_" + "k".repeat(43)));

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("urn:tallyman:problem:forbidden", "Log in");
    assertThat(users.received()).extracting(FakeService.Received::request).doesNotContain(CHANGE);
  }

  @Test
  void wrongPasswordIsPassedOn() {
    users.answerProblem(CHANGE, 403, "wrong-password");

    HttpResponse<String> refused = send(BODY);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("urn:tallyman:problem:wrong-password");
  }

  @Test
  void sessionInTheBodyIsRefused() {
    assertThat(send(SAMPLE).statusCode()).isEqualTo(422);
    assertThat(users.received()).isEmpty();
  }

  private static String exchanged() {
    return "{\"access_token\": \"%s\"}".formatted(Tokens.SHARED.issue("3", 50, "viewer"));
  }

  private HttpRequest.Builder put(String body) {
    return client
        .anonymous("/api/v1/me/password")
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(String body) {
    return client.send(put(body).header("Authorization", Tokens.SHARED.bearer("viewer")));
  }

  private Map<String, Object> fields(String text) throws IOException {
    return Objects.requireNonNull(json.readValue(text, Argument.mapOf(String.class, Object.class)));
  }
}
