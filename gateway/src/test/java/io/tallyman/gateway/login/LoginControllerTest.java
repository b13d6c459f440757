package io.tallyman.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
@Property(name = "tallyman.trusted-proxies", value = "203.0.113.7,2001:db8::/32")
final class LoginControllerTest extends GatewayTest {
  private static final String LOGIN = sample("user-service", "new-login");
  private static final String TOKEN = sample("user-service", "sent-refresh-token");
  private static final String TOKENS = sample("user-service", "issued-tokens");

  @Inject Client client;

  @ParameterizedTest
  @CsvSource({"login, new-login", "refresh, sent-refresh-token"})
  void requestAndTokensArePassedOn(String route, String sample) {
    users.answerJson("POST /auth/" + route, 200, TOKENS);

    HttpResponse<String> answer =
        client.post("/api/v1/auth/" + route, sample("user-service", sample));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body().replaceAll("\\s", "")).isEqualTo(TOKENS.replaceAll("\\s", ""));
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(users.received().getFirst().text().replaceAll("\\s", ""))
        .isEqualTo(sample("user-service", sample).replaceAll("\\s", ""));
  }

  @Test
  void logoutIsPassedOn() {
    users.answer("POST /auth/logout", 204, Map.of(), new byte[0]);

    assertThat(client.post("/api/v1/auth/logout", TOKEN).statusCode()).isEqualTo(204);
  }

  @Test
  void addressOfTheClientIsToldAndHeadersAreBelievedOnlyOfTrustedProxies() {
    users.answerJson("POST /auth/login", 200, TOKENS);

    client.send(
        client
            .request("/api/v1/auth/login")
            .header("Content-Type", "application/json")
            .header("X-Client-Address", "203.0.113.9")
            .header("X-Forwarded-For", "203.0.113.9")
            .header("Forwarded", "for=203.0.113.9")
            .POST(BodyPublishers.ofString(LOGIN)));

    assertThat(users.received().getFirst().headers().get("X-Client-Address"))
        .singleElement()
        .isIn("127.0.0.1", "0000000000000000::/64");
  }

  @Test
  void refusalIsPassedOnWithTheTimeToWait() {
    users.answer(
        "POST /auth/login",
        429,
        Map.of("Content-Type", "application/problem+json", "Retry-After", "12"),
        """
        {"type": "urn:tallyman:problem:too-many-logins", "title": "No", "status": 429}
        """
            .getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> answer = client.post("/api/v1/auth/login", LOGIN);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("too-many-logins");
    assertThat(answer.headers().allValues("Retry-After")).containsExactly("12");
  }

  /** A client sends its expired token along with every request. */
  @Test
  void loginNeedsNoValidToken() {
    users.answerJson("POST /auth/refresh", 200, TOKENS);

    HttpResponse<String> answer =
        client.send(
            client
                .anonymous("/api/v1/auth/refresh")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer expired")
                .POST(BodyPublishers.ofString(TOKEN)));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "refresh", "logout"})
  void unknownFieldIsRefused(String route) {
    HttpResponse<String> answer =
        client.post("/api/v1/auth/" + route, "{\"user_name\": \"ada.okafor\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"pointer\":\"/user_name\"");
    assertThat(users.received()).isEmpty();
  }
}
