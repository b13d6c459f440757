package io.tallyman.user.provider;

import static io.tallyman.user.Answers.assertProblem;
import static io.tallyman.user.Answers.body;
import static io.tallyman.user.Answers.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.testkit.ServiceCredential;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.account.Role;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProviderSessionTest implements RealDatabase {
  private static final String ISSUER = "https://login.example.org/realms/tally";
  private static final String WORD = "a long and quiet word";
  private static final String ADDRESS = "203.0.113.9";
  private static final String GATEWAY = ServiceCredential.authorization("gateway", "user-service");

  @Inject
  @Client("/")
  HttpClient client;

  @Inject PasswordHashing hashing;
  @Inject JsonMapper json;

  private long lastEvent;

  @BeforeEach
  void addAnAdminWithAPassword() {
    RealDatabase.execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Eve', 'eve@example.org', 'eve', '%s', '{ADMIN}')
        """
            .formatted(hashing.hash(WORD)));
    lastEvent = Long.parseLong(RealDatabase.value("SELECT coalesce(max(id), 0) FROM audit_event"));
  }

  @Test
  void firstLoginAddsTheUserAndBeginsASession() {
    JsonNode begun = body(login("ada", "ada", List.of("clerk", "viewer")));

    JsonNode user = requireNonNull(begun.get("user"));
    assertThat(text(user, "username")).isEqualTo("ada");
    assertThat(text(user, "provider")).isEqualTo(ISSUER);
    assertThat(exchange(text(begun, "session")).code()).isEqualTo(200);
    assertThat(events())
        .isEqualTo(
            """
            - user.created 2 %1$s {"roles": ["clerk", "viewer"], "username": "ada"}
            ada login.succeeded 2 %1$s {"way": "provider"}\
            """
                .formatted(ADDRESS));
  }

  @Test
  void nextLoginFindsTheUserByTheSubjectAndSetsWhatTheProviderSays() {
    body(login("1234", "ada", List.of("clerk")));
    JsonNode again = body(login("1234", "renamed", List.of("viewer")));

    assertThat(requireNonNull(requireNonNull(again.get("user")).get("id")).getIntValue())
        .isEqualTo(2);
    assertThat(
            RealDatabase.value(
                "SELECT username || name || email || roles::text FROM account WHERE id = 2"))
        .isEqualTo("adarenamedrenamed@example.org{VIEWER}");
    assertThat(events())
        .contains(
            "- roles.changed 2 " + ADDRESS + " {\"to\": [\"viewer\"], \"from\": [\"clerk\"]}");
  }

  /** Whoever can choose an email or a username at the provider must not become another user. */
  @Test
  void emailAndUsernameOfAnotherUserLeadToNobodysAccount() {
    JsonNode user =
        requireNonNull(
            body(login(
                    Map.of(
                        "subject",
                        "1",
                        "username",
                        "eve",
                        "name",
                        "Eve",
                        "email",
                        "eve@example.org",
                        "roles",
                        List.of("viewer"))))
                .get("user"));

    assertThat(requireNonNull(user.get("id")).getIntValue()).isNotEqualTo(1);
    assertThat(text(user, "username")).matches("eve-[0-9a-f]{12}");
    assertThat(RealDatabase.value("SELECT roles::text FROM account WHERE id = 1"))
        .isEqualTo("{ADMIN}");
  }

  @Test
  void sameSubjectOfAnotherProviderIsAnotherUser() {
    body(login("1", "ada", List.of("viewer")));
    body(
        login(
            Map.of(
                "issuer",
                "https://other.example.org",
                "subject",
                "1",
                "username",
                "ada",
                "name",
                "Ada",
                "email",
                "ada@example.org",
                "roles",
                List.of("admin"))));

    assertThat(RealDatabase.value("SELECT string_agg(roles::text, ' ' ORDER BY id) FROM account"))
        .isEqualTo("{ADMIN} {VIEWER} {ADMIN}");
  }

  @Test
  void userIsAddedOnceByLoginsAtTheSameTime() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> login = () -> login("1", "ada", List.of("viewer"));
      for (Future<HttpResponse<String>> answer :
          threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> login).toList())) {
        assertThat(answer.get().code()).as(answer.get().body()).isEqualTo(200);
      }
    }

    assertThat(RealDatabase.value("SELECT count(*) FROM account WHERE provider IS NOT NULL"))
        .isEqualTo("1");
    assertThat(RealDatabase.value("SELECT count(*) FROM login")).isEqualTo("8");
  }

  @Test
  void unknownUserWithoutARoleIsNotAdded() {
    assertProblem(login("1", "ada", List.of()), 403, "no-role-at-provider");

    assertThat(RealDatabase.value("SELECT count(*) FROM account")).isEqualTo("1");
    assertThat(events()).isEqualTo("- login.failed - " + ADDRESS + " {}");
  }

  @Test
  void userWhoHasNoRoleAnyMoreLosesThemInOpenSessionsToo() {
    String session = text(body(login("1", "ada", List.of("admin"))), "session");

    assertProblem(login("1", "ada", List.of()), 403, "no-role-at-provider");

    assertThat(RealDatabase.value("SELECT roles::text FROM account WHERE id = 2")).isEqualTo("{}");
    assertThat(RealDatabase.value("SELECT count(*) FROM login")).isEqualTo("1");
    assertThat(exchange(session).code()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "a long and quiet word"})
  void passwordOfAUserOfAProviderIsWrongAsThatOfNobody(String password) {
    body(login("1", "ada", List.of("viewer")));

    HttpResponse<String> known = passwordLogin("ada", password);
    HttpResponse<String> unknown = passwordLogin("nobody", password);

    assertProblem(known, 401, "bad-credentials");
    assertThat(withoutId(known)).isEqualTo(withoutId(unknown));
  }

  @Test
  void userOfAProviderGetsNoPassword() {
    body(login("1", "ada", List.of("viewer")));

    assertProblem(
        send(HttpRequest.PATCH("/users/2", Map.of("password", WORD))), 409, "password-at-provider");
    assertProblem(passwordLogin("ada", WORD), 401, "bad-credentials");
  }

  @Test
  void adminTakesTheRolesOfAUserUntilTheNextLogin() {
    body(login("1", "ada", List.of("clerk")));

    JsonNode changed = body(send(HttpRequest.PATCH("/users/2", Map.of("roles", List.of()))));

    assertThat(requireNonNull(changed.get("roles")).size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Ada Hill, Ada-Hill",
    "ada@example.org, ada-example.org",
    "-._ada, ada",
    "张伟, user-",
    "a, user-"
  })
  void usernameIsSimilarToThatOfTheProvider(String preferred, String username) {
    JsonNode user =
        requireNonNull(
            body(login(
                    Map.of(
                        "subject",
                        preferred,
                        "username",
                        preferred,
                        "name",
                        "Ada",
                        "email",
                        "ada@example.org",
                        "roles",
                        List.of("viewer"))))
                .get("user"));

    assertThat(text(user, "username"))
        .startsWith(username)
        .matches("[A-Za-z0-9][A-Za-z0-9._-]{2,63}");
  }

  @ParameterizedTest
  @CsvSource({"worker, user-service, 403", "gateway, billing-service, 401"})
  void onlyTheGatewayMayUseTheRoute(String caller, String called, int status) {
    assertThat(
            send(request(claims("1", "ada", List.of("admin")))
                    .header("Authorization", ServiceCredential.authorization(caller, called)))
                .code())
        .isEqualTo(status);
    assertThat(send(request(claims("1", "ada", List.of("admin")))).code()).isEqualTo(401);
    assertThat(RealDatabase.value("SELECT count(*) FROM account")).isEqualTo("1");
  }

  @Test
  void loginIsReadFromItsSample() throws IOException {
    assertThat(
            json.readValue(
                Files.readAllBytes(Path.of("src/wire/provider-login.json")), ProviderLogin.class))
        .isEqualTo(
            new ProviderLogin(
                ISSUER,
                "f3b8c1d2-5a70-4c8e-9d0f-1a2b3c4d5e6f",
                "ada.okafor",
                "Ada Okafor",
                "ada@example.org",
                List.of(Role.CLERK, Role.VIEWER)));
  }

  private HttpResponse<String> login(String subject, String name, List<String> roles) {
    return login(claims(subject, name, roles));
  }

  private static Map<String, ?> claims(String subject, String name, List<String> roles) {
    return Map.of(
        "subject",
        subject,
        "username",
        name,
        "name",
        name,
        "email",
        name + "@example.org",
        "roles",
        roles);
  }

  private HttpResponse<String> login(Map<String, ?> body) {
    return send(request(body).header("Authorization", GATEWAY));
  }

  private static MutableHttpRequest<?> request(Map<String, ?> body) {
    Map<String, Object> complete = new HashMap<>(Map.of("issuer", ISSUER));
    complete.putAll(body);
    return HttpRequest.POST("/internal/provider-sessions", complete)
        .header(ClientAddress.HEADER, ADDRESS);
  }

  private HttpResponse<String> passwordLogin(String username, String password) {
    return send(
        HttpRequest.POST("/auth/sessions", Map.of("username", username, "password", password))
            .header(ClientAddress.HEADER, "198.51.100." + password.length()));
  }

  private HttpResponse<String> exchange(String session) {
    return send(HttpRequest.POST("/auth/session-tokens", Map.of("session", session)));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }

  private static String withoutId(HttpResponse<String> answer) {
    return requireNonNull(answer.body()).replaceAll("\"request_id\":\"[^\"]*\"", "");
  }

  /** What was written to the audit log since the test began. */
  private String events() {
    return RealDatabase.value(
        """
        SELECT string_agg(concat_ws(' ', coalesce(who_name, '-'), what, coalesce(which, '-'), address, details::text), E'\\n' ORDER BY id)
        FROM audit_event WHERE id > %d
        """
            .formatted(lastEvent));
  }
}
