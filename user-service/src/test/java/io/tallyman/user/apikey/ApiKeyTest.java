package io.tallyman.user.apikey;

import static io.tallyman.user.Answers.assertProblem;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.TokenPrincipal;
import io.tallyman.kit.security.TokenVerifier;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiKeyTest implements RealDatabase {
  private static final String KEYS = "/users/1/api-keys";
  private static final String VIEWER = "{\"name\": \"export\", \"scopes\": [\"viewer\"]}";

  @Inject
  @Client("/")
  HttpClient client;

  @BeforeEach
  void addAdaAndBen() {
    RealDatabase.addAdaAndBen("CLERK,VIEWER", "");
  }

  @Test
  void keyIsShownOnceAndStoredOnlyAsItsHash() {
    String key = make(VIEWER);

    assertThat(key).matches("tally_[A-Za-z0-9_-]{43}");
    assertThat(RealDatabase.value("SELECT key_hash FROM api_key")).matches("[0-9a-f]{64}");
    assertThat(RealDatabase.value("SELECT api_key::text FROM api_key")).doesNotContain(key);
    assertThat(send(HttpRequest.GET(KEYS)).body())
        .contains("\"prefix\":\"" + key.substring(0, 12) + "\"", "\"last_used_at\":null")
        .doesNotContain(key, "\"key\"");
  }

  @Test
  void keyGivesAShortTokenOfItsOwnerWithTheRolesOfBoth() {
    String key = make("{\"name\": \"all\", \"scopes\": [\"admin\", \"clerk\"]}");

    IssuerKeys issuer = new IssuerKeys(() -> requireNonNull(send(keys()).body()));
    AccessToken token = new TokenVerifier(issuer).verify(token(exchange(key)));

    assertThat(token.principal()).isEqualTo(new TokenPrincipal("1", Set.of("clerk")));
    assertThat(Duration.between(issuer.now(), token.expiresAt().plus(AccessToken.LEEWAY)))
        .isLessThanOrEqualTo(Duration.ofSeconds(61));
  }

  /** An admin may do everything. A clerk sees only own tasks, and a viewer sees all of them. */
  @ParameterizedTest
  @CsvSource({
    "ADMIN, viewer, viewer",
    "ADMIN, clerk, clerk",
    "ADMIN, admin, admin",
    "CLERK, clerk, clerk",
    "CLERK, viewer, ''",
    "CLERK, admin, ''",
    "VIEWER, clerk, ''"
  })
  void onlyTheRoleOfAnAdminIncludesOtherScopes(String role, String scope, String given) {
    RealDatabase.execute("UPDATE account SET roles = '{%s}' WHERE id = 1".formatted(role));
    String key = make("{\"name\": \"one\", \"scopes\": [\"%s\"]}".formatted(scope));

    IssuerKeys issuer = new IssuerKeys(() -> requireNonNull(send(keys()).body()));
    AccessToken token = new TokenVerifier(issuer).verify(token(exchange(key)));

    assertThat(String.join(",", token.principal().roles())).isEqualTo(given);
  }

  @Test
  void lastUseIsWrittenAtMostOnceAMinute() {
    String key = make(VIEWER);
    exchange(key);
    String used = lastUse();

    exchange(key);
    assertThat(lastUse()).isEqualTo(used);
    RealDatabase.execute("UPDATE api_key SET last_used_at = last_used_at - interval '1 minute'");
    String earlier = lastUse();
    exchange(key);

    assertThat(lastUse()).isGreaterThan(earlier);
  }

  @Test
  void deletedKeyIsUseless() {
    String key = make(VIEWER);
    String id = RealDatabase.value("SELECT id FROM api_key");

    assertThat(send(HttpRequest.DELETE(KEYS + '/' + id)).code()).isEqualTo(204);

    assertProblem(exchange(key), 401, "invalid-token");
    assertProblem(send(HttpRequest.DELETE(KEYS + '/' + id)), 404, "unknown-api-key");
  }

  @Test
  void nobodyDeletesTheKeyOfAnother() {
    String key = make(VIEWER);
    String id = RealDatabase.value("SELECT id FROM api_key");

    assertProblem(send(HttpRequest.DELETE("/users/2/api-keys/" + id)), 404, "unknown-api-key");

    assertThat(exchange(key).code()).isEqualTo(200);
    assertThat(send(HttpRequest.GET("/users/2/api-keys")).body()).isEqualTo("{\"data\":[]}");
  }

  @Test
  void expiredKeyIsUseless() {
    String key =
        make(
            """
            {"name": "export", "scopes": ["viewer"], "expires_at": "2100-01-01T00:00:00Z"}
            """);
    assertThat(exchange(key).code()).isEqualTo(200);
    RealDatabase.execute("UPDATE api_key SET expires_at = now()");

    assertProblem(exchange(key), 401, "invalid-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tally_", "tally_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ü"})
  void keyThatNobodyMadeIsUseless(String key) {
    assertProblem(exchange(key), 401, "invalid-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\": \"export\", \"scopes\": []}",
        "{\"name\": \"\", \"scopes\": [\"viewer\"]}",
        "{\"name\": \"export\", \"scopes\": [\"emperor\"]}",
        "{\"name\": \"export\", \"scopes\": [\"viewer\"], \"expires_at\": \"2001-01-01T00:00:00Z\"}"
      })
  void malformedKeyIsRefused(String body) {
    assertProblem(send(HttpRequest.POST(KEYS, body)), 422, "invalid-fields");
  }

  @Test
  void userWhoDoesNotExistHasNoKeys() {
    assertProblem(send(HttpRequest.POST("/users/7/api-keys", VIEWER)), 404, "unknown-user");
  }

  @Test
  void keysOfAUserAreLimited() {
    RealDatabase.execute(
        """
        INSERT INTO api_key (account_id, name, prefix, key_hash, scopes)
        SELECT 1, 'old', 'tally_', number::text, '{VIEWER}' FROM generate_series(1, %d) AS number
        """
            .formatted(ApiKeys.MOST));

    assertProblem(send(HttpRequest.POST(KEYS, VIEWER)), 409, "too-many-api-keys");
  }

  private String make(String body) {
    HttpResponse<String> made = send(HttpRequest.POST(KEYS, body));
    assertThat(made.code()).as(made.body()).isEqualTo(201);
    return field("key", made);
  }

  private HttpResponse<String> exchange(String key) {
    return send(HttpRequest.POST("/auth/key-tokens", Map.of("api_key", key)));
  }

  private static String token(HttpResponse<String> answer) {
    return field("access_token", answer);
  }

  private static HttpRequest<?> keys() {
    return HttpRequest.GET("/auth/keys");
  }

  private static String field(String name, HttpResponse<String> answer) {
    Matcher field =
        Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(String.valueOf(answer.body()));
    assertThat(field.find()).as(answer.body()).isTrue();
    return field.group(1);
  }

  private static String lastUse() {
    return RealDatabase.value("SELECT last_used_at FROM api_key");
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }
}
