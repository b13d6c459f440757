package io.tallyman.gateway.live.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.PublishedKeys;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.gateway.live.session.Sessions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How a session ends with the login of its client. Each test has a gateway of its own, whose clock
 * begins with its first token.
 */
@MicronautTest(rebuildContext = true)
@Property(name = PublishedKeys.FETCHED, value = "true")
final class SocketLoginTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Tokens ISSUER = Tokens.of("ours");
  private static final String KEY = "tally_" + "k".repeat(43);
  private static final String SESSION = "s".repeat(64);
  private static final String EXCHANGE_KEY = "POST /auth/key-tokens";
  private static final String EXCHANGE_SESSION = "POST /auth/session-tokens";

  /** With the permitted deviation of 10 s, such a token expires after 4 s. */
  private static final int SOON = -6;

  @Inject EmbeddedServer gateway;
  @Inject Sessions sessions;

  @BeforeEach
  void publishKeys() {
    users.answerJson("GET /auth/keys", 200, ISSUER.keys());
  }

  @Test
  void expiredAccessTokenEndsTheSession() {
    try (SocketClient client = connect("Bearer " + ISSUER.issue("3", SOON, "viewer"))) {
      assertThat(client.closeCode()).isEqualTo(4401);
    }
    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
  }

  @Test
  void sessionOfAnotherClientGoesOn() {
    try (SocketClient other = connect("Bearer " + ISSUER.issue("4", 600, "viewer"));
        SocketClient client = connect("Bearer " + ISSUER.issue("3", SOON, "viewer"))) {
      assertThat(client.closeCode()).isEqualTo(4401);

      other.assertNothingMore();
    }
  }

  @Test
  void apiKeyIsExchangedAgainUntilItIsRevoked() {
    users.answer(EXCHANGE_KEY, _ -> token("viewer"));
    try (SocketClient client = connect("Bearer " + KEY)) {
      awaitExchanges(EXCHANGE_KEY, 3);
      client.assertNothingMore();

      users.answerProblem(EXCHANGE_KEY, 401, "invalid-token");

      assertThat(client.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void sessionOfABrowserIsExchangedAgainUntilItEnds() {
    users.answer(EXCHANGE_SESSION, _ -> token("viewer"));
    try (SocketClient client =
        new SocketClient(gateway, Map.of("Cookie", "tallyman-session=" + SESSION))) {
      awaitExchanges(EXCHANGE_SESSION, 3);
      client.assertNothingMore();

      users.answerProblem(EXCHANGE_SESSION, 401, "invalid-token");

      assertThat(client.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void otherRolesEndTheSession() {
    users.answer(EXCHANGE_KEY, _ -> token("viewer"));
    try (SocketClient client = connect("Bearer " + KEY)) {
      users.answer(EXCHANGE_KEY, _ -> token("clerk"));

      assertThat(client.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void sessionGoesOnWhileUserServiceIsAway() {
    users.answer(EXCHANGE_KEY, _ -> token("viewer"));
    try (SocketClient client = connect("Bearer " + KEY)) {
      users.answer(EXCHANGE_KEY, 503, Map.of(), new byte[0]);
      long before = exchanges(EXCHANGE_KEY);
      await().atMost(PATIENCE).until(() -> exchanges(EXCHANGE_KEY) > before + 1);

      client.assertNothingMore();
    }
  }

  private SocketClient connect(String authorization) {
    return new SocketClient(gateway, Map.of("Authorization", authorization));
  }

  /** A token that expires at once, so that the key or the session is exchanged every second. */
  private static String token(String role) {
    return "{\"access_token\": \"%s\"}".formatted(ISSUER.issue("3", 0, role));
  }

  private void awaitExchanges(String request, int least) {
    await().atMost(PATIENCE).until(() -> exchanges(request) >= least);
  }

  private long exchanges(String request) {
    return users.received().stream().filter(sent -> sent.request().equals(request)).count();
  }
}
