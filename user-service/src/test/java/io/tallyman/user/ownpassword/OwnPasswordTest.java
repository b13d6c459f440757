package io.tallyman.user.ownpassword;

import static io.tallyman.user.Answers.assertProblem;
import static io.tallyman.user.Answers.body;
import static io.tallyman.user.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OwnPasswordTest implements RealDatabase {
  private static final String WORD = "a long and quiet word";
  private static final String NEXT = "another quiet word";
  private static final int FAILURES = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject
  @Client("/")
  HttpClient client;

  @Inject PasswordHashing hashing;

  private int addresses;
  private String address = "";

  @BeforeEach
  void addAdaAndAUserOfAProvider() {
    RealDatabase.execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Ada', 'ada@example.org', 'ada.okafor', '%s', '{VIEWER}');
        INSERT INTO account (name, email, username, provider, subject, roles)
        VALUES ('Eve', 'eve@example.org', 'eve', 'https://provider.example', '7', '{VIEWER}')
        """
            .formatted(hashing.hash(WORD)));
    // No test has used up the attempts of this address.
    address = "203.0.113." + ++addresses;
  }

  @Test
  void newPasswordReplacesTheCurrentOne() {
    assertThat(change(WORD, NEXT).code()).isEqualTo(204);

    assertProblem(login("/auth/login", WORD), 401, "bad-credentials");
    assertThat(login("/auth/login", NEXT).code()).isEqualTo(200);
  }

  @Test
  void wrongCurrentPasswordChangesNothingAndCostsOneHash() {
    long before = hashing.computed();

    HttpResponse<String> refused = change("guess", NEXT);

    assertProblem(refused, 403, "wrong-password");
    assertThat(refused.body()).contains("/current_password");
    assertThat(hashing.computed() - before).isOne();
    assertThat(login("/auth/login", WORD).code()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 201})
  void newPasswordHasTheLengthThatThePasswordOfANewUserHas(int length) {
    HttpResponse<String> refused = change(WORD, "x".repeat(length));

    assertProblem(refused, 422, "invalid-fields");
    assertThat(refused.body()).contains("/new_password");
    assertThat(login("/auth/login", WORD).code()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"current_password\": null, \"new_password\": null}"})
  void bothPasswordsAreNeeded(String body) {
    HttpResponse<String> refused = send(HttpRequest.PUT("/users/1/password", body));

    assertProblem(refused, 422, "invalid-fields");
    assertThat(refused.body()).contains("/current_password", "/new_password");
  }

  @Test
  void wrongCurrentPasswordsCountAsFailedLogins() {
    IntStream.range(0, FAILURES)
        .forEach(_ -> assertProblem(change("guess", NEXT), 403, "wrong-password"));

    HttpResponse<String> refused = change(WORD, NEXT);
    assertProblem(refused, 429, "too-many-logins");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertProblem(login("/auth/login", WORD), 429, "too-many-logins");
    address = "198.51.100.1";
    assertThat(change(WORD, NEXT).code()).isEqualTo(204);
  }

  @Test
  void rightCurrentPasswordsDoNotCount() {
    IntStream.rangeClosed(0, FAILURES)
        .forEach(_ -> assertThat(change(WORD, WORD).code()).isEqualTo(204));
  }

  @Test
  void userOfAProviderHasNoPasswordToChange() {
    long before = hashing.computed();

    HttpResponse<String> refused = change(2, WORD, NEXT, null);

    assertProblem(refused, 409, "password-at-provider");
    assertThat(refused.body()).contains("https://provider.example", "/new_password");
    assertThat(hashing.computed()).isEqualTo(before);
  }

  @Test
  void userWhoDoesNotExistHasNone() {
    assertProblem(change(9, WORD, NEXT, null), 404, "unknown-user");
  }

  @Test
  void allLoginsEndButTheSessionThatSendsTheRequest() {
    String own = text(body(login("/auth/sessions", WORD)), "session");
    String other = text(body(login("/auth/sessions", WORD)), "session");
    String refreshToken = text(body(login("/auth/login", WORD)), "refresh_token");
    String ends = RealDatabase.value("SELECT min(expires_at) FROM login WHERE idle_until > now()");

    assertThat(change(1, WORD, NEXT, own).code()).isEqualTo(204);

    assertThat(exchange(own).code()).isEqualTo(200);
    assertProblem(exchange(other), 401, "invalid-token");
    assertProblem(refresh(refreshToken), 401, "invalid-token");
    // The session has no longer life than before.
    assertThat(RealDatabase.value("SELECT min(expires_at) FROM login WHERE idle_until > now()"))
        .isEqualTo(ends);
  }

  @Test
  void allLoginsEndIfTheRequestHasNoSession() {
    JsonNode tokens = body(login("/auth/login", WORD));
    String session = text(body(login("/auth/sessions", WORD)), "session");

    assertThat(change(WORD, NEXT).code()).isEqualTo(204);

    assertProblem(refresh(text(tokens, "refresh_token")), 401, "invalid-token");
    assertProblem(exchange(session), 401, "invalid-token");
  }

  @Test
  void sessionThatHasEndedChangesNothing() {
    String session = text(body(login("/auth/sessions", WORD)), "session");
    RealDatabase.execute("UPDATE login SET idle_until = now()");

    assertProblem(change(1, WORD, NEXT, session), 401, "invalid-token");

    assertThat(login("/auth/login", WORD).code()).isEqualTo(200);
  }

  /** An admin sets a password after the current one was checked, and before it is replaced. */
  @Test
  void passwordThatWasChangedMeanwhileIsNotReplaced() throws Exception {
    String session = text(body(login("/auth/sessions", WORD)), "session");
    String ofTheAdmin = hashing.hash("a word of the admin");

    HttpResponse<String> changed =
        whileAnotherSets(ofTheAdmin, "UPDATE account", () -> change(WORD, NEXT));

    assertProblem(changed, 403, "wrong-password");
    assertThat(RealDatabase.value("SELECT password_hash FROM account WHERE id = 1"))
        .isEqualTo(ofTheAdmin);
    assertProblem(exchange(session), 401, "invalid-token");
  }

  /** The password is changed after a login has checked it, and before the login begins. */
  @ParameterizedTest
  @ValueSource(strings = {"/auth/login", "/auth/sessions"})
  void loginWithThePasswordFromBeforeDoesNotBegin(String path) throws Exception {
    HttpResponse<String> login =
        whileAnotherSets(hashing.hash(NEXT), "INSERT INTO login", () -> login(path, WORD));

    assertProblem(login, 401, "bad-credentials");
    assertThat(RealDatabase.value("SELECT count(*) FROM login")).isEqualTo("0");
  }

  /** Another transaction sets a password. It is committed when a statement of the request waits. */
  private static HttpResponse<String> whileAnotherSets(
      String hash, String waiting, Supplier<HttpResponse<String>> request) throws Exception {
    try (Connection other = RealDatabase.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "UPDATE account SET password_hash = '%s', password_changed_at = now() WHERE id = 1"
              .formatted(hash));
      CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(request);
      await().atMost(PATIENCE).until(() -> RealDatabase.isWaiting(waiting));
      other.commit();
      return answer.join();
    }
  }

  /** A login whose transaction holds the user until its commit, while the change waits. */
  @Test
  void loginThatIsBeingCommittedEndsToo() throws Exception {
    String session = text(body(login("/auth/sessions", WORD)), "session");
    CompletableFuture<HttpResponse<String>> changed;
    try (Connection other = RealDatabase.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM account FOR SHARE");
      changed = CompletableFuture.supplyAsync(() -> change(WORD, NEXT));
      await().atMost(PATIENCE).until(() -> RealDatabase.isWaiting("UPDATE account"));
      statement.execute("UPDATE login SET created_at = clock_timestamp()");
      other.commit();
    }

    assertThat(changed.join().code()).isEqualTo(204);
    assertProblem(exchange(session), 401, "invalid-token");
  }

  private HttpResponse<String> change(String current, String next) {
    return change(1, current, next, null);
  }

  private HttpResponse<String> change(
      long user, String current, String next, @Nullable String session) {
    Map<String, @Nullable String> body = new HashMap<>();
    body.put("current_password", current);
    body.put("new_password", next);
    body.put("session", session);
    return send(
        HttpRequest.PUT("/users/" + user + "/password", body)
            .header(ClientAddress.HEADER, address));
  }

  private HttpResponse<String> login(String path, String password) {
    return send(
        HttpRequest.POST(path, Map.of("username", "ada.okafor", "password", password))
            .header(ClientAddress.HEADER, address));
  }

  private HttpResponse<String> exchange(String session) {
    return send(HttpRequest.POST("/auth/session-tokens", Map.of("session", session)));
  }

  private HttpResponse<String> refresh(String token) {
    return send(HttpRequest.POST("/auth/refresh", Map.of("refresh_token", token)));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }
}
