package io.tallyman.user.ticket;

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
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.TokenPrincipal;
import io.tallyman.kit.security.TokenVerifier;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.token.RandomSecret;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamTicketTest implements RealDatabase {
  private static final String VIEWER = "{\"roles\": [\"viewer\"]}";
  private static final int CROWD = 16;

  private static final String KEY = "tally_" + "k".repeat(43);

  /** The id of a login and 32 more bytes. */
  private static final String SESSION_BYTES = "0197a3c26f0070008000000000000001" + "00".repeat(32);

  private static final String SESSION =
      Base64.getUrlEncoder().encodeToString(HexFormat.of().parseHex(SESSION_BYTES));

  @Inject
  @Client("/")
  HttpClient client;

  @Inject StreamTickets tickets;

  @BeforeEach
  void addAdaAndBen() {
    RealDatabase.addAdaAndBen("CLERK,VIEWER", "VIEWER");
  }

  @Test
  void ticketIsStoredOnlyAsItsHashAndLastsHalfAMinute() {
    String ticket = make(VIEWER);

    assertThat(ticket).matches("[A-Za-z0-9_-]{43}");
    assertThat(RealDatabase.value("SELECT ticket_hash FROM stream_ticket")).matches("[0-9a-f]{64}");
    assertThat(RealDatabase.value("SELECT stream_ticket::text FROM stream_ticket"))
        .doesNotContain(ticket);
    assertThat(RealDatabase.value("SELECT expires_at - created_at FROM stream_ticket"))
        .isEqualTo("00:00:30");
  }

  @Test
  void ticketWorksOnce() {
    String ticket = make(VIEWER);

    assertThat(exchange(ticket).code()).isEqualTo(200);

    assertProblem(exchange(ticket), 401, "invalid-token");
  }

  @Test
  void oneOfManyWhoSendATicketTogetherGetsAToken() throws Exception {
    String ticket = make(VIEWER);
    Callable<Integer> exchange = () -> exchange(ticket).code();

    try (ExecutorService crowd = Executors.newFixedThreadPool(CROWD)) {
      List<Future<Integer>> answers =
          crowd.invokeAll(IntStream.range(0, CROWD).mapToObj(_ -> exchange).toList());

      assertThat(answers).extracting(Future::resultNow).filteredOn(code -> code == 200).hasSize(1);
      assertThat(answers)
          .extracting(Future::resultNow)
          .filteredOn(code -> code == 401)
          .hasSize(CROWD - 1);
    }
  }

  @Test
  void ticketExpiresByTheClockOfTheDatabase() {
    String ticket = make(VIEWER);
    RealDatabase.execute("UPDATE stream_ticket SET expires_at = now()");

    assertProblem(exchange(ticket), 401, "invalid-token");
  }

  @Test
  void expiredTicketsAreDeletedAndNoOthers() {
    String ticket = make(VIEWER);
    make(VIEWER);
    RealDatabase.execute(
        """
        UPDATE stream_ticket SET expires_at = now()
        WHERE ctid = (SELECT ctid FROM stream_ticket ORDER BY created_at DESC LIMIT 1)
        """);

    tickets.forget();

    assertThat(RealDatabase.value("SELECT count(*) FROM stream_ticket")).isEqualTo("1");
    assertThat(exchange(ticket).code()).isEqualTo(200);
  }

  @Test
  void tokenHasTheRolesThatTheSenderHad() {
    String ticket = make("{\"roles\": [\"admin\", \"clerk\"]}");

    assertThat(verified(exchange(ticket)).principal())
        .isEqualTo(new TokenPrincipal("1", Set.of("clerk")));
  }

  @Test
  void tokenHasNoRoleThatTheUserHasLost() {
    String ticket = make("{\"roles\": [\"viewer\", \"clerk\"]}");
    RealDatabase.execute("UPDATE account SET roles = '{VIEWER}'");

    assertThat(verified(exchange(ticket)).principal().roles()).containsExactly("viewer");
  }

  @Test
  void tokenLastsLessThanAMinute() {
    IssuerKeys issuer = issuer();

    AccessToken token = new TokenVerifier(issuer).verify(token(exchange(make(VIEWER))));

    assertThat(Duration.between(issuer.now(), token.expiresAt()))
        .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(51));
  }

  @Test
  void neitherTicketNorTokenOutlivesTheAccessTokenOfTheSender() {
    Instant end =
        Instant.parse(
            RealDatabase.value(
                """
                SELECT to_char((now() + interval '20 seconds') AT TIME ZONE 'UTC',
                  'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                """));
    String ticket = make("{\"roles\": [\"viewer\"], \"token_ends_at\": \"" + end + "\"}");

    assertThat(RealDatabase.value("SELECT expires_at = token_ends_at FROM stream_ticket"))
        .isEqualTo("t");
    assertThat(verified(exchange(ticket)).expiresAt()).isEqualTo(end);
  }

  @Test
  void openStreamGetsItsNextTokens() {
    String ticket = make(VIEWER);
    exchange(ticket);

    assertThat(renew(ticket).code()).isEqualTo(200);
    AccessToken next = verified(renew(ticket));

    assertThat(next.principal()).isEqualTo(new TokenPrincipal("1", Set.of("viewer")));
  }

  @Test
  void ticketThatOpenedNoStreamIsNotRenewed() {
    assertProblem(renew(make(VIEWER)), 401, "invalid-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE stream_ticket SET token_ends_at = now()",
        "UPDATE stream_ticket SET expires_at = now()",
        "DELETE FROM account"
      })
  void streamOfAnAccessTokenEndsWithIt(String end) {
    String ticket = make("{\"roles\": [\"viewer\"], \"token_ends_at\": \"2999-01-01T00:00:00Z\"}");
    exchange(ticket);
    assertThat(renew(ticket).code()).isEqualTo(200);

    RealDatabase.execute(end);

    assertProblem(renew(ticket), 401, "invalid-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE FROM api_key", "UPDATE api_key SET expires_at = now()"})
  void streamOfAnApiKeyEndsWithTheKey(String end) {
    RealDatabase.execute(
        """
        INSERT INTO api_key (account_id, name, prefix, key_hash, scopes)
        VALUES (1, 'page', 'tally_', '%s', '{VIEWER}')
        """
            .formatted(RandomSecret.hash(KEY)));
    String ticket = make("{\"roles\": [\"viewer\"], \"api_key\": \"" + KEY + "\"}");
    exchange(ticket);
    assertThat(renew(ticket).code()).isEqualTo(200);

    RealDatabase.execute(end);

    assertProblem(renew(ticket), 401, "invalid-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM login",
        "UPDATE login SET idle_until = now()",
        "UPDATE login SET expires_at = now()",
        "UPDATE account SET password_changed_at = now() + interval '1 second'"
      })
  void streamOfASessionEndsWithTheSession(String end) {
    RealDatabase.execute(
        """
        INSERT INTO login (id, account_id, address, token_hash, expires_at, idle_until)
        SELECT '0197a3c2-6f00-7000-8000-000000000001', 1, '127.0.0.1',
          encode(sha256(decode('%s', 'hex')), 'hex'), now() + interval '1 day', now() + interval '1 hour'
        """
            .formatted(SESSION_BYTES));
    String ticket = make("{\"roles\": [\"viewer\"], \"session\": \"" + SESSION + "\"}");
    exchange(ticket);
    assertThat(renew(ticket).code()).isEqualTo(200);

    RealDatabase.execute(end);

    assertProblem(renew(ticket), 401, "invalid-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api_key", "session"})
  void senderWhoHasEndedGetsNoTicket(String kind) {
    String body = "{\"roles\": [\"viewer\"], \"" + kind + "\": \"" + SESSION + "\"}";

    assertProblem(send(HttpRequest.POST("/users/1/stream-tickets", body)), 401, "invalid-token");
  }

  @Test
  void ticketsOfOpenStreamsDoNotCount() {
    String open = make(VIEWER);
    exchange(open);
    for (int ticket = 0; ticket <= StreamTickets.MOST; ticket++) {
      make(VIEWER);
    }

    assertThat(renew(open).code()).isEqualTo(200);
  }

  @Test
  void oldestTicketEndsWhenAUserHasTooMany() {
    String oldest = make(VIEWER);
    RealDatabase.execute(
        """
        INSERT INTO stream_ticket (ticket_hash, account_id, roles, expires_at)
        SELECT number::text, 1, '{}', now() + interval '30 seconds'
        FROM generate_series(2, %d) AS number
        """
            .formatted(StreamTickets.MOST));
    String latest = make(VIEWER);

    assertProblem(exchange(oldest), 401, "invalid-token");
    assertThat(exchange(latest).code()).isEqualTo(200);
  }

  @Test
  void ticketsOfAnotherUserDoNotCount() {
    String own = make(VIEWER);
    RealDatabase.execute(
        """
        INSERT INTO stream_ticket (ticket_hash, account_id, roles, expires_at)
        SELECT number::text, 2, '{}', now() + interval '30 seconds'
        FROM generate_series(1, %d) AS number
        """
            .formatted(StreamTickets.MOST));
    make(VIEWER);

    assertThat(exchange(own).code()).isEqualTo(200);
  }

  @Test
  void ticketOfADeletedUserIsUseless() {
    String ticket = make(VIEWER);
    RealDatabase.execute("DELETE FROM account");

    assertProblem(exchange(ticket), 401, "invalid-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ü"})
  void ticketThatNobodyMadeIsUseless(String ticket) {
    assertProblem(exchange(ticket), 401, "invalid-token");
  }

  @Test
  void roleThatDoesNotExistIsRefused() {
    String body = "{\"roles\": [\"emperor\"]}";

    assertProblem(send(HttpRequest.POST("/users/1/stream-tickets", body)), 422, "invalid-fields");
  }

  @Test
  void userWhoDoesNotExistGetsNoTicket() {
    assertProblem(send(HttpRequest.POST("/users/7/stream-tickets", VIEWER)), 404, "unknown-user");
  }

  private String make(String body) {
    HttpResponse<String> made = send(HttpRequest.POST("/users/1/stream-tickets", body));
    assertThat(made.code()).as(made.body()).isEqualTo(201);
    Matcher ticket =
        Pattern.compile("\"ticket\":\"([^\"]*)\"").matcher(requireNonNull(made.body()));
    assertThat(ticket.find()).as(made.body()).isTrue();
    return ticket.group(1);
  }

  private HttpResponse<String> exchange(String ticket) {
    return send(HttpRequest.POST("/auth/ticket-tokens", Map.of("ticket", ticket)));
  }

  private HttpResponse<String> renew(String ticket) {
    return send(HttpRequest.POST("/auth/ticket-tokens", Map.of("ticket", ticket, "is_open", true)));
  }

  private AccessToken verified(HttpResponse<String> answer) {
    return new TokenVerifier(issuer()).verify(token(answer));
  }

  private static String token(HttpResponse<String> answer) {
    return text(body(answer), "access_token");
  }

  private IssuerKeys issuer() {
    return new IssuerKeys(() -> requireNonNull(send(HttpRequest.GET("/auth/keys")).body()));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }
}
