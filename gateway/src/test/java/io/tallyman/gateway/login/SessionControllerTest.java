package io.tallyman.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Sessions;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.testkit.RawRequest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has a gateway that knows no sessions yet. */
@MicronautTest(rebuildContext = true)
@Property(name = "tallyman.hosts", value = "tally.example")
@Property(name = "tallyman.cors.allowed-origins", value = "https://app.example")
final class SessionControllerTest extends GatewayTest {
  private static final String LOGIN = sample("user-service", "new-login");
  private static final String BEGUN = sample("user-service", "new-session");
  private static final String SESSION =
      "AZejwm8AcACAAAAAAAAAAZq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI";
  private static final String PATH = "/api/v1/auth/session";
  private static final String ME = "/api/v1/me";
  private static final String EXCHANGE = "POST /auth/session-tokens";
  private static final String COOKIE = "Cookie: tallyman-session=" + SESSION;
  private static final String SECURE_COOKIE = "Cookie: __Host-tallyman-session=" + SESSION;

  @Inject EmbeddedServer gateway;

  @BeforeEach
  void answerOfUserService() {
    users.answerJson("POST /auth/sessions", 200, BEGUN);
    users.answer("POST /auth/session-ends", 204, Map.of(), new byte[0]);
    users.answerJson("GET /users/3", 200, sample("user-service", "user"));
    users.answer(
        EXCHANGE,
        _ -> "{\"access_token\": \"%s\"}".formatted(Tokens.SHARED.issue("3", 60, "admin")));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, http://localhost",
    "localhost:8080, http://localhost:8080",
    "127.0.0.1:8080, http://127.0.0.1:8080",
    "[::1]:8080, http://[::1]:8080",
    "localhost:8080, "
  })
  void loginOnThisMachineSetsACookieWithoutSecure(String host, String origin) {
    String answer = login(host, origin);

    assertThat(answer).startsWith("HTTP/1.1 201 ").doesNotContain("\"session\"");
    assertThat(body(answer)).contains("\"username\":\"ada.okafor\"").doesNotContain(SESSION);
    assertThat(csrfToken(answer)).matches("[0-9a-f]{64}");
    assertThat(attributes(answer))
        .containsExactlyInAnyOrder(
            "tallyman-session=" + SESSION, "Path=/", "HTTPOnly", "SameSite=Lax");
  }

  @Test
  void loginOverHttpsSetsASecureCookieForThisHostOnly() {
    assertThat(attributes(login("tally.example", "https://tally.example")))
        .containsExactlyInAnyOrder(
            "__Host-tallyman-session=" + SESSION, "Path=/", "HTTPOnly", "Secure", "SameSite=Lax");
  }

  @ParameterizedTest
  @CsvSource({
    "tally.example, http://tally.example",
    "192.0.2.1:8080, http://192.0.2.1:8080",
    "192.0.2.1:8080, "
  })
  void loginOverPlainHttpIsRefusedAndSaysWhatToConfigure(String host, String origin) {
    String answer = login(host, origin);

    assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("Set-Cookie");
    assertThat(answer).contains("urn:tallyman:problem:needs-https", "TALLYMAN_HOSTS");
    assertThat(users.received()).isEmpty();
  }

  @Test
  void loginOfAPageOfAnotherSiteIsRefused() {
    assertThat(login("localhost:8080", "https://elsewhere.example")).startsWith("HTTP/1.1 403 ");
    assertThat(users.received()).isEmpty();
  }

  @Test
  void wrongPasswordSetsNoCookie() {
    users.answerProblem("POST /auth/sessions", 401, "bad-credentials");

    assertThat(login("localhost", "http://localhost"))
        .startsWith("HTTP/1.1 401 ")
        .contains("problem:bad-credentials")
        .doesNotContain("Set-Cookie");
  }

  @Test
  void userOfTheSessionIsKnownAndTheSessionIsExchangedOnce() {
    assertThat(get(ME, COOKIE)).contains("\"username\":\"ada.okafor\"");
    assertThat(get(ME, COOKIE)).startsWith("HTTP/1.1 200 ");
    assertThat(get(PATH, COOKIE)).contains("\"username\":\"ada.okafor\"", "\"csrf_token\":\"");

    assertThat(users.received())
        .filteredOn(sent -> sent.request().equals(EXCHANGE))
        .singleElement()
        .satisfies(sent -> assertThat(sent.text()).contains(SESSION));
  }

  @Test
  void csrfTokenIsTheSameAtTheLoginAndLater() {
    assertThat(csrfToken(get(PATH, COOKIE)))
        .isEqualTo(csrfToken(login("localhost", "http://localhost")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tallyman-session=", "tallyman-session=short", "another=1"})
  void requestWithoutASessionHasNone(String cookie) {
    String answer = get(PATH, "Cookie: " + cookie);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(body(answer)).isEqualTo("{\"user\":null,\"csrf_token\":null}");
    assertThat(get(ME, "Cookie: " + cookie)).contains("problem:not-authenticated");
    assertThat(users.received()).isEmpty();
  }

  @Test
  void sessionThatHasEndedIsNone() {
    users.answerProblem(EXCHANGE, 401, "invalid-token");

    assertThat(body(get(PATH, COOKIE))).isEqualTo("{\"user\":null,\"csrf_token\":null}");
    assertThat(get(ME, COOKIE)).startsWith("HTTP/1.1 401 ").contains("problem:not-authenticated");
    assertThat(post("/api/v1/users/3/sealed-profile", COOKIE))
        .contains("problem:not-authenticated");
  }

  @Test
  void sessionIsUnknownForNowWhileUserServiceIsAway() {
    users.answer(EXCHANGE, 503, Map.of(), new byte[0]);

    assertThat(get(PATH, COOKIE)).startsWith("HTTP/1.1 503 ");
    assertThat(get(ME, COOKIE)).startsWith("HTTP/1.1 503 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X-CSRF-Token: ", "X-CSRF-Token: 0000", "X-CSRF-Token: " + SESSION})
  void changeWithTheCookieNeedsTheCsrfToken(String header) {
    users.answerJson("POST /users/3/sealed-profile", 200, "{\"token\": \"sealed\"}");

    String answer = post("/api/v1/users/3/sealed-profile", COOKIE, header);

    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("problem:csrf-token-missing");
    assertThat(users.received())
        .extracting(sent -> sent.request())
        .doesNotContain("POST /users/3/sealed-profile");
  }

  @Test
  void changeWithTheCsrfTokenIsCarriedOut() {
    users.answerJson("POST /users/3/sealed-profile", 200, "{\"token\": \"sealed\"}");
    String token = csrfToken(get(PATH, COOKIE));

    assertThat(post("/api/v1/users/3/sealed-profile", COOKIE, "X-CSRF-Token: " + token))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void accessTokenTakesPrecedenceAndNeedsNoCsrfToken() {
    users.answerJson("POST /users/3/sealed-profile", 200, "{\"token\": \"sealed\"}");

    assertThat(post("/api/v1/users/3/sealed-profile", COOKIE, Tokens.ADMIN))
        .startsWith("HTTP/1.1 200 ");
    assertThat(get(ME, COOKIE, "Authorization: Bearer x")).contains("problem:invalid-token");
    assertThat(get(ME, COOKIE, "Authorization: Basic YTpi")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void sessionIsNoAccessToken() {
    assertThat(get(ME, COOKIE)).startsWith("HTTP/1.1 200 ");

    assertThat(get(ME, "Authorization: Bearer " + SESSION)).contains("problem:invalid-token");
  }

  @Test
  void cookieOfAPageOfAnotherOriginIsNotRead() {
    String origin = "Origin: https://app.example";

    assertThat(body(send("GET", PATH, "localhost", "", COOKIE, origin)))
        .isEqualTo("{\"user\":null,\"csrf_token\":null}");
    assertThat(users.received()).isEmpty();
  }

  @Test
  void cookieWithoutThePrefixIsReadOnThisMachineOnly() {
    assertThat(send("GET", ME, "tally.example", "", COOKIE)).startsWith("HTTP/1.1 401 ");
    assertThat(send("GET", ME, "tally.example", "", SECURE_COOKIE)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void logoutEndsTheSessionAndTheCookie() {
    String token = csrfToken(get(PATH, COOKIE));

    String refused = send("DELETE", PATH, "localhost", "", COOKIE);
    assertThat(refused).startsWith("HTTP/1.1 403 ").contains("problem:csrf-token-missing");
    String ended = send("DELETE", PATH, "localhost", "", COOKIE, "X-CSRF-Token: " + token);

    assertThat(ended).startsWith("HTTP/1.1 204 ");
    assertThat(attributes(ended)).contains("tallyman-session=", "Max-Age=0");
    assertThat(users.received().getLast().text()).contains(SESSION);
    users.answerProblem(EXCHANGE, 401, "invalid-token");
    assertThat(get(ME, COOKIE)).startsWith("HTTP/1.1 401 ");
  }

  /** user-service gives the request a token before the logout, but it arrives after it. */
  @Test
  void requestDuringTheLogoutDoesNotKeepTheSession() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch loggedOut = new CountDownLatch(1);
    users.answer(
        EXCHANGE,
        _ -> {
          asked.countDown();
          await(loggedOut);
          return "{\"access_token\": \"%s\"}".formatted(Tokens.SHARED.issue("3", 60, "admin"));
        });
    CompletableFuture<String> during = CompletableFuture.supplyAsync(() -> get(ME, COOKIE));
    await(asked);

    String token = Sessions.csrfToken(SESSION);
    String ended = send("DELETE", PATH, "localhost", "", COOKIE, "X-CSRF-Token: " + token);
    loggedOut.countDown();

    assertThat(ended).startsWith("HTTP/1.1 204 ");
    assertThat(during.join()).startsWith("HTTP/1.1 200 ");
    users.answerProblem(EXCHANGE, 401, "invalid-token");
    assertThat(get(ME, COOKIE)).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void logoutWithoutASessionHasNothingToDo() {
    assertThat(send("DELETE", PATH, "localhost", "", "")).startsWith("HTTP/1.1 204 ");
    assertThat(users.received()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String login(String host, String origin) {
    return send("POST", PATH, host, LOGIN.strip(), origin == null ? "" : "Origin: " + origin);
  }

  private String get(String path, String... headers) {
    return send("GET", path, "localhost", "", headers);
  }

  private String post(String path, String... headers) {
    return send("POST", path, "localhost", "", headers);
  }

  private String send(String method, String path, String host, String body, String... headers) {
    List<String> head = new ArrayList<>();
    head.add(method + ' ' + path + " HTTP/1.1");
    head.add("Host: " + host);
    head.add("Connection: close");
    if (!body.isEmpty()) {
      head.add("Content-Type: application/json");
    }
    head.add("Content-Length: " + body.length());
    for (String header : headers) {
      if (!header.isEmpty()) {
        head.add(header);
      }
    }
    return new RawRequest(String.join("\r\n", head) + "\r\n\r\n", body)
        .send(gateway.getHost(), gateway.getPort());
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
  }

  private static String csrfToken(String answer) {
    Matcher token = Pattern.compile("\"csrf_token\":\"([^\"]+)\"").matcher(answer);
    assertThat(token.find()).as(answer).isTrue();
    return token.group(1);
  }

  private static List<String> attributes(String answer) {
    Matcher cookie =
        Pattern.compile("^set-cookie: (.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE)
            .matcher(answer);
    assertThat(cookie.find()).as(answer).isTrue();
    return List.of(cookie.group(1).split("; *"));
  }
}
