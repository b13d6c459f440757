package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users log in through the gateway, and the gateway knows them by their tokens. */
@OnOneStack
@OnSharedStack
@Order(3)
final class LoginIT {
  private static final Gateway GATEWAY = RunningStack.SHARED.gateway();

  @Test
  void firstAdminLogsIn() {
    JsonNode tokens =
        login(Map.of("username", "admin", "password", RunningStack.SHARED.get().adminPassword()))
            .body();

    JsonNode me = me(tokens).body();

    assertThat(me.get("username").asString()).isEqualTo("admin");
    assertThat(me.get("roles").toString()).isEqualTo("[\"admin\"]");
  }

  @Test
  void tokensAreRefreshedUntilTheLogout() {
    NewUsers.Login user = NewUsers.login();
    GATEWAY.post("/api/v1/users", user.user());
    JsonNode first = login(user.credentials()).body();

    JsonNode second = post("refresh", first).body();

    assertThat(me(second).body().get("username").asString()).isEqualTo(user.username());
    assertThat(post("logout", second).status()).isEqualTo(204);
    Answer ended = post("refresh", second);
    assertThat(ended.status()).isEqualTo(401);
    assertThat(ended.body().get("type").asString()).endsWith(":invalid-token");
  }

  @Test
  void refreshTokenThatIsUsedTwiceEndsTheLogin() {
    NewUsers.Login user = NewUsers.login();
    GATEWAY.post("/api/v1/users", user.user());
    JsonNode first = login(user.credentials()).body();
    JsonNode second = post("refresh", first).body();

    assertThat(post("refresh", first).body().get("type").asString()).endsWith(":refresh-reused");
    assertThat(post("refresh", second).body().get("type").asString()).endsWith(":refresh-reused");
  }

  @Test
  void programIsKnownByItsApiKeyUntilItIsDeleted() {
    NewUsers.Login user = NewUsers.login();
    GATEWAY.post("/api/v1/users", user.user());
    String token = login(user.credentials()).body().get("access_token").asString();
    String newKey = "{\"name\": \"export\", \"scopes\": [\"viewer\"]}";
    JsonNode made =
        GATEWAY
            .answer(
                GATEWAY
                    .request("/api/v1/api-keys")
                    .setHeader("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(newKey)))
            .body();
    String key = made.get("key").asString();

    assertThat(me(key).body().get("username").asString()).isEqualTo(user.username());

    GATEWAY.answer(
        GATEWAY
            .request("/api/v1/api-keys/" + made.get("id").asString())
            .setHeader("Authorization", "Bearer " + token)
            .DELETE());
    await().atMost(Duration.ofMinutes(3)).until(() -> me(key).status() == 401);
  }

  @Test
  void floodOfLoginsIsDelayed() {
    Map<String, String> guess = Map.of("username", "nobody.knows", "password", "guess");
    Answer answer = login(guess);
    for (int guesses = 1; answer.status() == 401 && guesses < 50; guesses++) {
      answer = login(guess);
    }

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
  }

  private static Answer login(Map<String, String> credentials) {
    return GATEWAY.post("/api/v1/auth/login", credentials);
  }

  private static Answer post(String route, JsonNode tokens) {
    return GATEWAY.post(
        "/api/v1/auth/" + route, Map.of("refresh_token", tokens.get("refresh_token").asString()));
  }

  private static Answer me(JsonNode tokens) {
    return me(tokens.get("access_token").asString());
  }

  private static Answer me(String token) {
    return GATEWAY.answer(
        GATEWAY.request("/api/v1/me").setHeader("Authorization", "Bearer " + token).GET());
  }
}
