package io.tallyman.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has a gateway that knows no keys yet. */
@MicronautTest(rebuildContext = true)
@Property(name = PublishedKeys.FETCHED, value = "true")
final class BearerTokensTest extends GatewayTest {
  private static final Tokens ISSUER = Tokens.of("ours");
  private static final String KEYS = "GET /auth/keys";
  private static final String ME = "/api/v1/me";
  private static final String EXCHANGE = "POST /auth/key-tokens";
  private static final String API_KEY = "tally_Zq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI";

  @Inject Client client;

  @BeforeEach
  void publishKeys() {
    users.answerJson(KEYS, 200, ISSUER.keys());
    users.answerJson("GET /users/3", 200, sample("user-service", "user"));
  }

  @Test
  void senderOfAValidTokenIsKnown() {
    HttpResponse<String> answer = get(ME, ISSUER.issue("3", 600, "viewer"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"username\":\"ada.okafor\"");
  }

  @Test
  void requestWithoutATokenHasNoSender() {
    HttpResponse<String> answer = client.getAnonymously(ME);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("urn:tallyman:problem:not-authenticated");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(users.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {ME, "/api/v1/users/3", "/api/v1/nothing", "/ws/tasks"})
  void tokenThatIsNotValidIsRefusedOnEveryRoute(String path) {
    HttpResponse<String> answer = get(path, Tokens.of("ours").issue("3", 600, "admin"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("urn:tallyman:problem:invalid-token");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
  }

  @Test
  void expiredTokenIsRefusedThoughItWasRemembered() {
    String token = ISSUER.issue("3", 600, "viewer");
    assertThat(get(ME, token).statusCode()).isEqualTo(200);

    assertThat(get(ME, ISSUER.issue("3", -11, "viewer")).body()).contains("has expired");
    assertThat(get(ME, token).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "Bearer", "a.b.c"})
  void whatIsNoTokenIsRefused(String token) {
    assertThat(get(ME, token).body()).contains("problem:invalid-token");
  }

  @Test
  void otherSchemesAreThoseOfProxiesAndAreIgnored() {
    HttpResponse<String> answer =
        client.send(client.anonymous("/api/v1/users/3").header("Authorization", "Basic YTpi"));

    assertThat(answer.body()).contains("problem:not-authenticated");
  }

  @Test
  void keysAreKeptWhileUserServiceIsAway() {
    assertThat(get(ME, ISSUER.issue("3", 600, "viewer")).statusCode()).isEqualTo(200);
    users.answer(KEYS, 503, Map.of(), new byte[0]);

    assertThat(get(ME, ISSUER.issue("3", 601, "viewer")).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutAnyKeysTheRequestMayComeBack() {
    users.answer(KEYS, 503, Map.of(), new byte[0]);

    HttpResponse<String> answer = get(ME, ISSUER.issue("3", 600, "viewer"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void forgedTokensCauseOneRequestForKeys() {
    IntStream.range(0, 50)
        .forEach(
            key ->
                assertThat(get(ME, Tokens.of("key" + key).issue("3", 600, "admin")).statusCode())
                    .isEqualTo(401));

    assertThat(users.received()).extracting(received -> received.request()).containsExactly(KEYS);
  }

  @Test
  void apiKeyIsExchangedOnceForATokenAndOnlyTheTokenTellsTheRoles() {
    users.answer(EXCHANGE, sent -> keyToken(60));

    for (int request = 0; request < 3; request++) {
      assertThat(get(ME, API_KEY).statusCode()).isEqualTo(200);
    }

    assertThat(users.received())
        .filteredOn(sent -> sent.request().equals(EXCHANGE))
        .singleElement()
        .satisfies(sent -> assertThat(sent.text()).contains(API_KEY));
  }

  @Test
  void apiKeyIsExchangedAgainWhenItsTokenHasExpired() {
    users.answer(EXCHANGE, sent -> keyToken(0));

    assertThat(get(ME, API_KEY).statusCode()).isEqualTo(200);
    users.answerProblem(EXCHANGE, 401, "invalid-token");

    HttpResponse<String> revoked = get(ME, API_KEY);
    assertThat(revoked.statusCode()).isEqualTo(401);
    assertThat(revoked.body()).contains("problem:invalid-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tally_", "tally_short", "TALLY_Zq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI"})
  void whatCannotBeAnApiKeyCausesNoRequest(String key) {
    assertThat(get(ME, key).statusCode()).isEqualTo(401);

    assertThat(users.received()).isEmpty();
  }

  private static String keyToken(long seconds) {
    return "{\"access_token\": \"%s\"}".formatted(ISSUER.issue("3", seconds, "viewer"));
  }

  private HttpResponse<String> get(String path, String token) {
    return client.send(client.anonymous(path).header("Authorization", "Bearer " + token));
  }
}
