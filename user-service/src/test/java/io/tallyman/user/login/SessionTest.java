package io.tallyman.user.login;

import static io.tallyman.user.Answers.assertProblem;
import static io.tallyman.user.Answers.body;
import static io.tallyman.user.Answers.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.TokenPrincipal;
import io.tallyman.kit.security.TokenVerifier;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SessionTest implements RealDatabase {
  private static final String WORD = "a long and quiet word";
  private static final int FAILURES = 5;

  @Inject
  @Client("/")
  HttpClient client;

  @Inject PasswordHashing hashing;

  private int addresses;
  private String address = "";

  @BeforeEach
  void addAda() {
    RealDatabase.execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Ada', 'ada@example.org', 'ada.okafor', '%s', '{CLERK,VIEWER}')
        """
            .formatted(hashing.hash(WORD)));
    // No test has used up the attempts of this address.
    address = "203.0.113." + ++addresses;
  }

  @Test
  void sessionTellsItsUserAndIsExchangedForAShortToken() {
    JsonNode begun = body(login(WORD));

    assertThat(text(requireNonNull(begun.get("user")), "username")).isEqualTo("ada.okafor");
    IssuerKeys issuer = new IssuerKeys(() -> send(HttpRequest.GET("/auth/keys")).body());
    AccessToken token =
        new TokenVerifier(issuer)
            .verify(text(body(exchange(text(begun, "session"))), "access_token"));
    assertThat(token.principal()).isEqualTo(new TokenPrincipal("1", Set.of("clerk", "viewer")));
    assertThat(Duration.between(issuer.now(), token.expiresAt().plus(AccessToken.LEEWAY)))
        .isLessThanOrEqualTo(Duration.ofSeconds(61));
  }

  @Test
  void sessionIsStoredOnlyAsItsHash() {
    String session = session();

    assertThat(RealDatabase.value("SELECT token_hash FROM login")).matches("[0-9a-f]{64}");
    assertThat(RealDatabase.value("SELECT login::text FROM login")).doesNotContain(session);
  }

  @Test
  void rolesAreThoseOfNow() {
    String session = session();
    RealDatabase.execute("UPDATE account SET roles = '{ADMIN}'");

    IssuerKeys issuer = new IssuerKeys(() -> send(HttpRequest.GET("/auth/keys")).body());
    String token = text(body(exchange(session)), "access_token");

    assertThat(new TokenVerifier(issuer).verify(token).principal().roles())
        .containsExactly("admin");
  }

  @Test
  void logoutEndsTheSessionAndMayBeRepeated() {
    String session = session();
    String other = session();

    assertThat(logout(session).code()).isEqualTo(204);
    assertThat(logout(session).code()).isEqualTo(204);

    assertProblem(exchange(session), 401, "invalid-token");
    assertThat(exchange(other).code()).isEqualTo(200);
  }

  @Test
  void useKeepsTheSessionButNotBeyondItsLifetime() {
    String session = session();
    RealDatabase.execute("UPDATE login SET idle_until = now() + interval '1 minute'");

    assertThat(exchange(session).code()).isEqualTo(200);
    assertThat(RealDatabase.value("SELECT idle_until > now() + interval '7 hours' FROM login"))
        .isEqualTo("t");
    RealDatabase.execute("UPDATE login SET expires_at = now()");

    assertProblem(exchange(session), 401, "invalid-token");
  }

  @Test
  void sessionThatIsNotUsedEnds() {
    String session = session();
    RealDatabase.execute("UPDATE login SET idle_until = now()");

    assertProblem(exchange(session), 401, "invalid-token");
  }

  @Test
  void newPasswordEndsTheSessionsBeforeIt() {
    String session = session();
    HttpResponse<String> changed =
        send(HttpRequest.PATCH("/users/1", Map.of("password", "another quiet word")));
    assertThat(changed.code()).as(changed.body()).isEqualTo(200);

    assertProblem(exchange(session), 401, "invalid-token");
    assertThat(exchange(text(body(login("another quiet word")), "session")).code()).isEqualTo(200);
  }

  @Test
  void sessionOfADeletedUserEnds() {
    String session = session();
    RealDatabase.execute("DELETE FROM account");

    assertProblem(exchange(session), 401, "invalid-token");
  }

  @Test
  void oldestSessionEndsWhenAUserHasTooMany() {
    String oldest = session();
    RealDatabase.execute(
        """
        INSERT INTO login (id, account_id, address, token_hash, expires_at, idle_until)
        SELECT gen_random_uuid(), 1, '', '', now() + interval '1 day', now() + interval '1 day'
        FROM generate_series(2, %d)
        """
            .formatted(Logins.MOST));
    String latest = session();

    assertProblem(exchange(oldest), 401, "invalid-token");
    assertThat(exchange(latest).code()).isEqualTo(200);
  }

  @Test
  void sessionIsNoRefreshTokenAndTheOtherWayAround() {
    String session = session();
    String refreshToken = text(body(login("/auth/login", WORD)), "refresh_token");

    assertProblem(
        send(HttpRequest.POST("/auth/refresh", Map.of("refresh_token", session))),
        401,
        "invalid-token");
    assertProblem(exchange(refreshToken), 401, "invalid-token");
    assertThat(exchange(session).code()).isEqualTo(200);
  }

  @Test
  void idOfASessionWithoutItsSecretIsUseless() {
    String session = session();
    String forged = session.substring(0, 22) + "A".repeat(session.length() - 22);

    assertProblem(exchange(forged), 401, "invalid-token");
    assertThat(exchange(session).code()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "ü", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void sessionThatNobodyBeganIsUseless(String session) {
    assertProblem(exchange(session), 401, "invalid-token");
    assertThat(logout(session).code()).isEqualTo(204);
  }

  @Test
  void failedLoginsAreLimitedTogetherWithThoseOfPrograms() {
    assertProblem(login("guess"), 401, "bad-credentials");
    IntStream.range(1, FAILURES).forEach(_ -> login("/auth/login", "guess"));

    assertProblem(login(WORD), 429, "too-many-logins");
  }

  private String session() {
    return text(body(login(WORD)), "session");
  }

  private HttpResponse<String> login(String password) {
    return login("/auth/sessions", password);
  }

  private HttpResponse<String> login(String path, String password) {
    return send(
        HttpRequest.POST(path, Map.of("username", "ada.okafor", "password", password))
            .header(ClientAddress.HEADER, address));
  }

  private HttpResponse<String> exchange(String session) {
    return send(HttpRequest.POST("/auth/session-tokens", Map.of("session", session)));
  }

  private HttpResponse<String> logout(String session) {
    return send(HttpRequest.POST("/auth/session-ends", Map.of("session", session)));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }
}
