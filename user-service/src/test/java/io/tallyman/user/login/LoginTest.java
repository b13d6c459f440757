package io.tallyman.user.login;

import static io.tallyman.user.Answers.assertProblem;
import static io.tallyman.user.Answers.body;
import static io.tallyman.user.Answers.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.TokenPrincipal;
import io.tallyman.kit.security.TokenVerifier;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LoginTest implements RealDatabase {
  private static final String WORD = "a long and quiet word";
  private static final int FAILURES = 5;
  private static final int MOST_FAILURES = 100;

  @Inject
  @Client("/")
  HttpClient client;

  @Inject PasswordHashing hashing;
  @Inject LoginThrottle throttle;

  private int addresses;
  private String address = "";

  @BeforeEach
  void addAda() {
    RealDatabase.execute("TRUNCATE account RESTART IDENTITY CASCADE");
    add("ada.okafor", hashing.hash(WORD));
    // No test has used up the attempts of this address.
    address = "192.0.2." + ++addresses;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada.okafor", "ADA.Okafor"})
  void loginGivesATokenThatTellsWhoAndWhichRoles(String username) {
    JsonNode tokens = body(login(username, WORD));

    assertThat(text(tokens, "token_type")).isEqualTo("Bearer");
    assertThat(requireNonNull(tokens.get("expires_in")).getLongValue()).isEqualTo(600);
    AccessToken token = verifier().verify(text(tokens, "access_token"));
    assertThat(token.principal()).isEqualTo(new TokenPrincipal("1", Set.of("clerk", "viewer")));
  }

  @Test
  void unknownUserAndWrongPasswordGetTheSameAnswerAtTheSameCost() {
    long before = hashing.computed();
    HttpResponse<String> wrong = login("ada.okafor", "another quiet word");
    long between = hashing.computed();
    HttpResponse<String> unknown = login("ada.okafox", WORD);
    long after = hashing.computed();

    assertThat(wrong.code()).isEqualTo(401);
    assertThat(unknown.code()).isEqualTo(401);
    assertThat(withoutRequestId(wrong)).isEqualTo(withoutRequestId(unknown));
    assertThat(wrong.body()).contains("urn:tallyman:problem:bad-credentials");
    assertThat(wrong.getHeaders().names())
        .containsExactlyInAnyOrderElementsOf(unknown.getHeaders().names());
    assertThat(between - before).isEqualTo(1).isEqualTo(after - between);
  }

  @Test
  void hashOfAnEarlierReleaseIsReplacedAtTheNextLogin() {
    String weak =
        Password.hash(WORD)
            .addRandomSalt(16)
            .with(Argon2Function.getInstance(1024, 1, 1, 32, Argon2.ID))
            .getResult();
    add("ben.wood", weak);

    assertThat(login("ben.wood", "another quiet word").code()).isEqualTo(401);
    assertThat(passwordHash("ben.wood")).isEqualTo(weak);
    assertThat(login("ben.wood", WORD).code()).isEqualTo(200);

    assertThat(passwordHash("ben.wood")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(login("ben.wood", WORD).code()).isEqualTo(200);
    assertThat(login("ben.wood", "another quiet word").code()).isEqualTo(401);
  }

  @Test
  void floodOfLoginsIsDelayedAndOthersStillLogIn() {
    IntStream.range(0, FAILURES)
        .forEach(_ -> assertThat(login("ada.okafor", "guess").code()).isEqualTo(401));

    long before = hashing.computed();
    HttpResponse<String> refused = login("ada.okafor", WORD);

    assertThat(refused.code()).isEqualTo(429);
    assertThat(refused.body()).contains("urn:tallyman:problem:too-many-logins");
    assertThat(refused.getHeaders().getAll("Retry-After"))
        .singleElement()
        .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 12));
    assertThat(hashing.computed()).isEqualTo(before);
    address = "198.51.100.1";
    assertThat(login("ada.okafor", WORD).code()).isEqualTo(200);
  }

  @Test
  void ownerIsNotKeptOutByFailuresFromElsewhere() {
    add("eve.tanaka", hashing.hash(WORD));
    logout(text(body(login("eve.tanaka", WORD)), "refresh_token"));
    for (int failure = 0; failure < MOST_FAILURES; failure++) {
      throttle.attempt("eve.tanaka", "203.0.113." + failure % 25, Optional::empty);
    }
    String home = address;

    address = "198.51.100.2";
    assertThat(login("eve.tanaka", WORD).code()).isEqualTo(429);
    address = home;
    assertThat(login("eve.tanaka", WORD).code()).isEqualTo(200);
    RealDatabase.execute("UPDATE known_address SET seen_at = now() - interval '31 days'");
    assertThat(login("eve.tanaka", WORD).code()).isEqualTo(429);
  }

  @Test
  void refreshGivesNewTokensWithTheRolesOfNow() {
    JsonNode first = body(login("ada.okafor", WORD));
    RealDatabase.execute("UPDATE account SET roles = '{VIEWER}'");

    JsonNode second = body(refresh(text(first, "refresh_token")));

    assertThat(text(second, "refresh_token")).isNotEqualTo(text(first, "refresh_token"));
    assertThat(verifier().verify(text(second, "access_token")).principal().roles())
        .containsExactly("viewer");
    assertThat(refresh(text(second, "refresh_token")).code()).isEqualTo(200);
  }

  @Test
  void reuseOfARefreshTokenEndsTheWholeLogin() {
    String stolen = text(body(login("ada.okafor", WORD)), "refresh_token");
    String latest = text(body(refresh(stolen)), "refresh_token");
    String other = text(body(login("ada.okafor", WORD)), "refresh_token");

    assertProblem(refresh(stolen), 401, "refresh-reused");
    assertProblem(refresh(latest), 401, "refresh-reused");
    assertProblem(refresh(stolen), 401, "refresh-reused");
    assertThat(refresh(other).code()).isEqualTo(200);
  }

  @Test
  void ofManyRefreshesWithOneTokenAtMostOneSucceeds() throws InterruptedException {
    String token = text(body(login("ada.okafor", WORD)), "refresh_token");
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      Callable<Integer> call = () -> refresh(token).code();
      List<Integer> answers =
          callers.invokeAll(Collections.nCopies(8, call)).stream().map(Future::resultNow).toList();

      assertThat(answers).containsOnlyOnce(200).hasSize(8);
      assertThat(answers).filteredOn(code -> code != 200).containsOnly(401);
    }
  }

  @Test
  void refreshTokenIsStoredOnlyAsItsHash() {
    String token = text(body(login("ada.okafor", WORD)), "refresh_token");

    assertThat(RealDatabase.value("SELECT token_hash FROM login")).matches("[0-9a-f]{64}");
    assertThat(RealDatabase.value("SELECT login::text FROM login")).doesNotContain(token);
  }

  @Test
  void logoutEndsTheLoginAndMayBeRepeated() {
    String first = text(body(login("ada.okafor", WORD)), "refresh_token");
    String latest = text(body(refresh(first)), "refresh_token");

    assertThat(logout(latest).code()).isEqualTo(204);
    assertThat(logout(latest).code()).isEqualTo(204);

    assertProblem(refresh(latest), 401, "invalid-token");
    assertProblem(refresh(first), 401, "invalid-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "ü",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void refreshTokenThatNobodyIssuedIsRefused(String token) {
    assertProblem(refresh(token), 401, "invalid-token");
  }

  @Test
  void loginEndsWhenItsTimeIsOver() {
    String token = text(body(login("ada.okafor", WORD)), "refresh_token");
    RealDatabase.execute("UPDATE login SET expires_at = now()");

    assertProblem(refresh(token), 401, "invalid-token");
  }

  @Test
  void newPasswordEndsTheLoginsBeforeIt() {
    String token = text(body(login("ada.okafor", WORD)), "refresh_token");
    HttpResponse<String> changed =
        send(HttpRequest.PATCH("/users/1", Map.of("password", "another quiet word")));
    assertThat(changed.code()).as(changed.body()).isEqualTo(200);

    assertProblem(refresh(token), 401, "invalid-token");
    assertThat(login("ada.okafor", WORD).code()).isEqualTo(401);
    String next = text(body(login("ada.okafor", "another quiet word")), "refresh_token");
    assertThat(refresh(next).code()).isEqualTo(200);
  }

  @Test
  void oldestLoginEndsWhenAnAccountHasTooMany() {
    String oldest = text(body(login("ada.okafor", WORD)), "refresh_token");
    RealDatabase.execute(
        """
        INSERT INTO login (id, account_id, address, token_hash, expires_at)
        SELECT gen_random_uuid(), 1, '', '', now() + interval '1 day'
        FROM generate_series(2, %d)
        """
            .formatted(Logins.MOST));
    String latest = text(body(login("ada.okafor", WORD)), "refresh_token");

    assertThat(RealDatabase.value("SELECT count(*) FROM login"))
        .isEqualTo(Integer.toString(Logins.MOST));
    assertProblem(refresh(oldest), 401, "invalid-token");
    assertThat(refresh(latest).code()).isEqualTo(200);
  }

  @Test
  void accessTokenIsNoRefreshTokenAndTheOtherWayAround() {
    JsonNode tokens = body(login("ada.okafor", WORD));

    assertProblem(refresh(text(tokens, "access_token")), 401, "invalid-token");
    assertThatThrownBy(() -> verifier().verify(text(tokens, "refresh_token")))
        .isInstanceOf(InvalidToken.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"username\": \"ada.okafor\"}",
        "{\"username\": \"ada\\u0000\", \"password\": \"x\"}",
        "{\"username\": 1, \"password\": \"x\"}"
      })
  void malformedLoginIsRefused(String body) {
    assertProblem(send(HttpRequest.POST("/auth/login", body)), 422, "invalid-fields");
  }

  private TokenVerifier verifier() {
    return new TokenVerifier(new IssuerKeys(() -> send(HttpRequest.GET("/auth/keys")).body()));
  }

  private HttpResponse<String> login(String username, String password) {
    return send(
        HttpRequest.POST("/auth/login", Map.of("username", username, "password", password))
            .header(ClientAddress.HEADER, address));
  }

  private HttpResponse<String> refresh(String token) {
    return send(HttpRequest.POST("/auth/refresh", Map.of("refresh_token", token)));
  }

  private HttpResponse<String> logout(String token) {
    return send(HttpRequest.POST("/auth/logout", Map.of("refresh_token", token)));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }

  private static String withoutRequestId(HttpResponse<String> answer) {
    return String.valueOf(answer.body()).replaceFirst("\"request_id\":\"[^\"]*\"", "");
  }

  private static String passwordHash(String username) {
    return RealDatabase.value(
        "SELECT password_hash FROM account WHERE username = '%s'".formatted(username));
  }

  private static void add(String username, String hash) {
    RealDatabase.execute(
        """
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Ada', '%1$s@example.org', '%1$s', '%2$s', '{CLERK,VIEWER}')
        """
            .formatted(username, hash));
  }
}
