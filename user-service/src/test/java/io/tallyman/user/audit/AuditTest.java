package io.tallyman.user.audit;

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
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditTest implements RealDatabase {
  private static final String WORD = "a long and quiet word";
  private static final String REQUEST = "request-of-the-test";

  @Inject
  @Client("/")
  HttpClient client;

  @Inject PasswordHashing hashing;

  private int addresses;
  private String address = "";
  private long last;

  @BeforeEach
  void addAdaAndBen() {
    RealDatabase.execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Ada', 'ada@example.org', 'ada', '%1$s', '{ADMIN}'),
               ('Ben', 'ben@example.org', 'ben', '%1$s', '{VIEWER}')
        """
            .formatted(hashing.hash(WORD)));
    // No test has used up the attempts of this address.
    address = "198.51.100." + ++addresses;
    forgetEvents();
  }

  @Test
  void loginAndLogoutAreWrittenWithTheirUserAndRequest() {
    String refreshToken = text(body(login("Ben", WORD)), "refresh_token");
    HttpResponse<String> ended =
        send(HttpRequest.POST("/auth/logout", Map.of("refresh_token", refreshToken)));
    assertThat(ended.code()).isEqualTo(204);

    assertThat(events())
        .containsExactly(
            "2 ben login.succeeded user 2 %s %s {\"way\": \"token\"}".formatted(address, REQUEST),
            "2 ben logout user 2 %s %s {}".formatted(address, REQUEST));
  }

  @Test
  void logoutOfAnEndedLoginWritesNothing() {
    String session = text(body(login("/auth/sessions", "ben", WORD)), "session");
    send(HttpRequest.POST("/auth/session-ends", Map.of("session", session)));
    send(HttpRequest.POST("/auth/session-ends", Map.of("session", session)));

    assertThat(events()).extracting(AuditTest::what).containsExactly("login.succeeded", "logout");
  }

  @Test
  void failedLoginIsWrittenWithItsAccountButNotAsItsUser() {
    assertProblem(login("BEN", "guess"), 401, "bad-credentials");

    assertThat(events())
        .containsExactly("null null login.failed user 2 %s %s {}".formatted(address, REQUEST));
  }

  /** Somebody may have typed the password into the wrong field. */
  @Test
  void failedLoginDoesNotTellAnUnknownUsername() {
    assertProblem(login(WORD, "ben"), 401, "bad-credentials");

    assertThat(events())
        .containsExactly("null null login.failed user null %s %s {}".formatted(address, REQUEST));
  }

  @Test
  void loginThatIsNotTriedIsNotWritten() {
    List<HttpResponse<String>> answers =
        IntStream.range(0, 8).mapToObj(_ -> login("ben", "guess")).toList();

    assertProblem(answers.getLast(), 429, "too-many-logins");
    assertThat(events())
        .hasSize((int) answers.stream().filter(answer -> answer.code() == 401).count())
        .extracting(AuditTest::what)
        .containsOnly("login.failed");
  }

  @Test
  void reusedRefreshTokenIsWrittenOnce() {
    String refreshToken = text(body(login("ben", WORD)), "refresh_token");
    body(refresh(refreshToken));
    assertProblem(refresh(refreshToken), 401, "refresh-reused");
    assertProblem(refresh(refreshToken), 401, "refresh-reused");

    assertThat(events())
        .extracting(AuditTest::what)
        .containsExactly("login.succeeded", "login.reused");
  }

  @Test
  void newUserIsWrittenOnceHoweverOftenItIsSent() {
    Map<String, Object> eve =
        Map.of(
            "name", "Eve",
            "email", "eve@example.org",
            "username", "eve",
            "password", WORD,
            "roles", List.of("clerk"));
    String token = tokenOfAda();

    for (int time = 0; time < 2; time++) {
      assertThat(send(HttpRequest.POST("/users", eve).header("Idempotency-Key", address), token))
          .extracting(HttpResponse::code)
          .isEqualTo(201);
    }

    assertThat(events())
        .containsExactly(
            "1 ada user.created user 3 %s %s {\"roles\": [\"clerk\"], \"username\": \"eve\"}"
                .formatted(address, REQUEST));
  }

  @Test
  void eachKindOfChangeIsWritten() {
    String token = tokenOfAda();

    change(
        token,
        Map.of(
            "name", "Benjamin",
            "email", "ben@example.com",
            "roles", List.of("clerk", "viewer"),
            "password", "another quiet word"));

    assertThat(events())
        .containsExactly(
            "1 ada user.changed user 2 %s %s {\"fields\": [\"name\", \"email\"]}"
                .formatted(address, REQUEST),
            "1 ada roles.changed user 2 %s %s {\"to\": [\"clerk\", \"viewer\"], \"from\": [\"viewer\"]}"
                .formatted(address, REQUEST),
            "1 ada password.changed user 2 %s %s {}".formatted(address, REQUEST));
  }

  @Test
  void ownPasswordIsChangedByItsUser() {
    String token = tokenOfAda();

    assertThat(changeOwnPassword(token, WORD).code()).isEqualTo(204);

    assertThat(events())
        .containsExactly("1 ada password.changed user 1 %s %s {}".formatted(address, REQUEST));
  }

  @Test
  void wrongCurrentPasswordIsWrittenWithTheUserWhoIsLoggedIn() {
    String token = tokenOfAda();

    assertProblem(changeOwnPassword(token, "guess"), 403, "wrong-password");

    assertThat(events())
        .containsExactly("1 ada password.refused user 1 %s %s {}".formatted(address, REQUEST));
  }

  @Test
  void ownPasswordWhoseEventCannotBeWrittenIsNotChanged() {
    String token = tokenOfAda();
    RealDatabase.execute(
        """
        ALTER TABLE audit_event
          ADD CONSTRAINT of_the_test CHECK (what <> 'password.changed') NOT VALID
        """);
    try {
      assertThat(changeOwnPassword(token, WORD).code()).isEqualTo(500);
    } finally {
      RealDatabase.execute("ALTER TABLE audit_event DROP CONSTRAINT of_the_test");
    }

    assertThat(login("ada", WORD).code()).isEqualTo(200);
  }

  @Test
  void valuesThatAreTheOldOnesAreNoChange() {
    String token = tokenOfAda();

    change(token, Map.of("name", "Ben", "username", "ben", "roles", List.of("viewer")));

    assertThat(events()).isEmpty();
  }

  @Test
  void refusedChangeWritesNothing() {
    String token = tokenOfAda();

    assertProblem(
        send(HttpRequest.PATCH("/users/2", Map.of("email", "ada@example.org")), token),
        409,
        "email-taken");
    assertProblem(
        send(HttpRequest.PATCH("/users/9", Map.of("name", "Nobody")), token), 404, "unknown-user");

    assertThat(events()).isEmpty();
  }

  @Test
  void changeWhoseEventCannotBeWrittenIsNotMade() {
    String token = tokenOfAda();
    RealDatabase.execute(
        """
        INSERT INTO account (id, name, email, username, password_hash, roles)
          OVERRIDING SYSTEM VALUE
          VALUES (4711, 'Eve', 'eve@example.org', 'eve', 'hash', '{VIEWER}');
        ALTER TABLE audit_event ADD CONSTRAINT of_the_test CHECK (which <> '4711')
        """);
    try {
      HttpResponse<String> failed =
          send(HttpRequest.PATCH("/users/4711", Map.of("roles", List.of("admin"))), token);

      assertThat(failed.code()).isEqualTo(500);
      assertThat(RealDatabase.value("SELECT roles FROM account WHERE id = 4711"))
          .isEqualTo("{VIEWER}");
    } finally {
      RealDatabase.execute("ALTER TABLE audit_event DROP CONSTRAINT of_the_test");
    }
    assertThat(events()).isEmpty();
  }

  @Test
  void apiKeyIsWrittenWithoutItsSecret() {
    String token = tokenOfAda();
    HttpResponse<String> made =
        send(
            HttpRequest.POST(
                "/users/1/api-keys", Map.of("name", "nightly", "scopes", List.of("viewer"))),
            token);
    assertThat(made.code()).as(made.body()).isEqualTo(201);
    assertThat(send(HttpRequest.DELETE("/users/1/api-keys/1"), token).code()).isEqualTo(204);
    assertThat(send(HttpRequest.DELETE("/users/1/api-keys/1"), token).code()).isEqualTo(404);

    assertThat(events())
        .extracting(AuditTest::what)
        .containsExactly("api-key.created", "api-key.deleted");
    assertThat(events())
        .allMatch(event -> event.matches(".* api-key 1 .*\"prefix\": \"tally_.{6}\".*"));
  }

  @Test
  void forgedTokenIsRefused() {
    String token = tokenOfAda();

    assertProblem(
        send(HttpRequest.PATCH("/users/2", Map.of("name", "Eve")), token + 'A'),
        401,
        "invalid-token");
    assertThat(RealDatabase.value("SELECT name FROM account WHERE id = 2")).isEqualTo("Ben");
  }

  @Test
  void senderWithoutTheRoleAdminGetsNoEvents() {
    String token = text(body(login("ben", WORD)), "access_token");

    assertProblem(send(HttpRequest.GET("/audit-events"), token), 403, "forbidden");
    assertProblem(send(HttpRequest.GET("/audit-events")), 401, "invalid-token");
  }

  @Test
  void listHasTheFilters() {
    String token = tokenOfAda();
    change(token, Map.of("roles", List.of("clerk")));
    login("ben", "guess");
    String time =
        RealDatabase.value("SELECT max(at) AT TIME ZONE 'UTC' FROM audit_event").replace(' ', 'T')
            + 'Z';

    assertThat(whats("?who=1&count=1", token)).containsExactly("roles.changed");
    assertThat(whats("?which=2&count=2", token)).containsExactly("login.failed", "roles.changed");
    assertThat(whats("?what=roles.changed&count=1", token)).containsExactly("roles.changed");
    assertThat(whats("?what=nothing.happened", token)).isEmpty();
    assertThat(whats("?from=" + time, token)).containsExactly("login.failed");
    assertThat(whats("?count=1&to=" + time, token)).containsExactly("roles.changed");
  }

  @Test
  void positionsLeadThroughAllEventsOfOneMoment() {
    String token = tokenOfAda();
    // One transaction, so one time.
    RealDatabase.execute(
        """
        INSERT INTO audit_event (what, kind, which)
        SELECT 'test.counted', 'test', number FROM generate_series(1, 25) AS number
        """);

    List<String> read = new ArrayList<>();
    String position = "";
    List<JsonNode> page;
    do {
      page = list("?what=test.counted&count=10" + position, token);
      page.forEach(event -> read.add(text(event, "which")));
      if (!page.isEmpty()) {
        JsonNode end = page.getLast();
        position =
            "&before=%s&before_id=%s"
                .formatted(text(end, "at"), requireNonNull(end.get("id")).getLongValue());
      }
    } while (!page.isEmpty());

    assertThat(read)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 25).mapToObj(number -> "" + (26 - number)).toList());
  }

  private String tokenOfAda() {
    String token = text(body(login("ada", WORD)), "access_token");
    forgetEvents();
    return token;
  }

  /** Only later events are those of the test. */
  private void forgetEvents() {
    last = Long.parseLong(RealDatabase.value("SELECT nextval('audit_event_id')"));
  }

  private HttpResponse<String> login(String username, String password) {
    return login("/auth/login", username, password);
  }

  private HttpResponse<String> login(String path, String username, String password) {
    return send(HttpRequest.POST(path, Map.of("username", username, "password", password)));
  }

  private HttpResponse<String> refresh(String token) {
    return send(HttpRequest.POST("/auth/refresh", Map.of("refresh_token", token)));
  }

  private void change(String token, Map<String, ?> changes) {
    body(send(HttpRequest.PATCH("/users/2", changes), token));
  }

  private HttpResponse<String> changeOwnPassword(String token, String current) {
    return send(
        HttpRequest.PUT(
            "/users/1/password",
            Map.of("current_password", current, "new_password", "another quiet word")),
        token);
  }

  private List<String> whats(String query, String token) {
    return list(query, token).stream().map(event -> text(event, "what")).toList();
  }

  private List<JsonNode> list(String query, String token) {
    List<JsonNode> events = new ArrayList<>();
    requireNonNull(body(send(HttpRequest.GET("/audit-events" + query), token)).get("data"))
        .values()
        .forEach(events::add);
    return events;
  }

  /** The events of the test, in their order. */
  private List<String> events() {
    @Nullable String found =
        RealDatabase.value(
            """
            SELECT coalesce(string_agg(concat_ws(' ', coalesce(who::text, 'null'),
              coalesce(who_name, 'null'), what, kind, coalesce(which, 'null'), address, request_id,
              details), E'\\n' ORDER BY id), '')
            FROM audit_event WHERE id > %d AND at > '2001-01-01'
            """
                .formatted(last));
    return found.isEmpty() ? List.of() : found.lines().toList();
  }

  private static String what(String event) {
    return event.split(" ", -1)[2];
  }

  private HttpResponse<String> send(MutableHttpRequest<?> request, String token) {
    return send(request.bearerAuth(token));
  }

  private HttpResponse<String> send(MutableHttpRequest<?> request) {
    request.header(ClientAddress.HEADER, address).header("X-Request-Id", REQUEST);
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }
}
