package io.tallyman.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.testing.TallymanStack;
import io.tallyman.testkit.RawRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on a running stack, through the address that everybody can reach. */
@OnOneStack
@OnSharedStack
@Order(1)
final class AttacksIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int CLIENTS = 64;
  private static final TallymanStack STACK = RunningStack.SHARED.get();
  private static final Gateway ADMIN = new Gateway(STACK);
  private static final String DAY = "1993-02-03";
  private static final String FILE =
      "date_billed,account_name,payable,currency\r\n1993-02-03,Rowan & Co,2.50,GBP\r\n";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

  private final List<Socket> held = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : held) {
      socket.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/workers",
        "//internal/workers",
        "/api/v1/../../internal/workers",
        "/api/v1/%2e%2e/%2e%2e/internal/workers",
        "/api/v1/..%2f..%2finternal%2fworkers",
        "/api/v1/tasks/..%2F..%2Finternal%2Fworkers",
        "/api/v1/..;/internal/workers",
        "/api/v1/sheets/%252e%252e%252finternal%252fworkers",
        "/api/v1\\..\\internal\\workers",
        "http://billing-service:8080/internal/workers"
      })
  void innerRouteIsNotReached(String target) throws IOException {
    for (String method : List.of("GET", "HEAD", "POST")) {
      assertThat(statuses(ask(method, target, ADMIN.authorization(), "")))
          .as("%s %s", method, target)
          .singleElement()
          .asString()
          .startsWith("4");
    }
  }

  /** After DNS rebinding, a page of another site is sent with the name of that site. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost.evil.example",
        "Host: localhost\r\nHost: evil.example",
        "X-No-Host: localhost",
        "Host: localhost\r\nSec-Fetch-Site: cross-site",
        "Host: localhost\r\nOrigin: https://evil.example"
      })
  void pageOfAnotherSiteReadsNothing(String headers) throws IOException {
    String answer =
        raw(
            "GET /api/v1/me HTTP/1.1\r\n%s\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                .formatted(headers, ADMIN.authorization()));

    assertThat(statuses(answer)).singleElement().asString().startsWith("4");
    assertThat(answer).doesNotContain("username", "Access-Control-Allow-Origin");
  }

  /** Each of these could carry a second request that a proxy before the gateway does not see. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Content-Length: 0\r\nContent-Length: 4",
        "Content-Length: +4",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Content-Length: 0\r\n folded: yes"
      })
  void requestInsideARequestIsNotAnswered(String headers) throws IOException {
    String request =
        String.join(
            "\r\n",
            "POST /api/v1/tasks HTTP/1.1",
            "Host: localhost",
            headers,
            "",
            "0",
            "",
            "GET /api/v1/me HTTP/1.1",
            "Host: localhost",
            "Authorization: " + ADMIN.authorization(),
            "",
            "");

    String answer = raw(request);

    assertThat(statuses(answer)).singleElement().isEqualTo("400");
  }

  @Test
  void requestOfHttp09IsNotAnsweredWithData() throws IOException {
    assertThat(raw("GET /api/v1/tasks\r\n\r\n")).doesNotContain("data");
  }

  @Test
  void taskOfAnotherClerkCannotBeFoundByItsId() throws IOException {
    Gateway other = loggedIn();
    String id = other.submit("billing.sheet", Map.of("billing_date", DAY));
    String sheet = other.awaitSuccess(id, PATIENCE).get("sheet_id").asString();
    String clerk = loggedIn().authorization();

    for (String path :
        List.of(
            "tasks/" + id,
            "tasks/" + id + "/events",
            "sheets/" + sheet,
            "sheets/" + sheet + "/content")) {
      for (String method : List.of("GET", "HEAD")) {
        assertThat(statuses(ask(method, "/api/v1/" + path, clerk, "")))
            .as("%s %s", method, path)
            .containsExactly("404");
      }
    }
    for (String action : List.of("cancel", "retry")) {
      assertThat(statuses(ask("POST", "/api/v1/tasks/%s/%s".formatted(id, action), clerk, "")))
          .containsExactly("404");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "status, SUCCESS, is not a known field",
    "submitted_by, 1, is not a known field",
    "eta, 2999-01-01T00:00:00Z, /eta"
  })
  void fieldOfTheServerAndTaskOfTheFarFutureAreRefused(String field, String value, String fault) {
    Answer task =
        ADMIN.post(
            "/api/v1/tasks",
            Map.of(
                "task", "billing.sheet", "parameters", Map.of("billing_date", DAY), field, value));

    assertThat(task.status()).isEqualTo(422);
    assertThat(task.body().get("errors").toString()).contains(fault);
  }

  @Test
  void answersAreForNoCacheAndNoFrame() throws IOException {
    String answer = ask("GET", "/api/v1/me", ADMIN.authorization(), "");
    String page = ask("GET", "/", "", "");

    assertThat(answer)
        .containsIgnoringCase("X-Content-Type-Options: nosniff")
        .containsIgnoringCase("Cache-Control: no-store");
    assertThat(page).contains("frame-ancestors 'none'").doesNotContain("unsafe-");
  }

  /** Each sends a byte and no more. One user has a share of the places, and others go on. */
  @Test
  void slowUploadsHoldNobodyUpAndAreEnded() throws IOException {
    Gateway slow = loggedIn();
    for (int client = 0; client < CLIENTS; client++) {
      hold(
          """
          POST /api/v1/imports HTTP/1.1\r
          Host: localhost\r
          Authorization: %s\r
          Content-Type: text/csv\r
          Content-Length: 1000000\r
          \r
          d\
          """
              .formatted(slow.authorization()));
    }

    Gateway other = loggedIn();
    other.awaitSuccess(other.importCsv(FILE, ""), PATIENCE);

    awaitEnds();
  }

  @Test
  void slowHeadersHoldNobodyUpAndAreEnded() throws IOException {
    for (int client = 0; client < CLIENTS; client++) {
      hold("GET /api/v1/me HTTP/1.1\r\nHost: loc");
    }

    assertThat(ADMIN.get("/api/v1/me").status()).isEqualTo(200);

    awaitEnds();
  }

  /** A new user, who is a clerk and nothing else. */
  private static Gateway loggedIn() {
    Map<String, ?> clerk = NewUsers.next("roles", List.of("clerk"));
    ADMIN.post("/api/v1/users", clerk);
    return ADMIN.loggedIn(
        Map.of("username", clerk.get("username"), "password", clerk.get("password")));
  }

  private static String ask(String method, String target, String authorization, String body)
      throws IOException {
    return raw(
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(
                method,
                target,
                authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n",
                body.length(),
                body));
  }

  private static String raw(String request) {
    URI gateway = STACK.gateway();
    return new RawRequest(request, "").send(gateway.getHost(), gateway.getPort());
  }

  private static Socket connect() throws IOException {
    URI gateway = STACK.gateway();
    Socket socket = new Socket(gateway.getHost(), gateway.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private void hold(String beginning) throws IOException {
    Socket socket = connect();
    held.add(socket);
    socket.getOutputStream().write(beginning.getBytes(ISO_8859_1));
  }

  /** The gateway answers or closes each connection that is held. */
  private void awaitEnds() {
    await("the gateway ends all of them")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(held).allMatch(AttacksIT::hasEnded));
  }

  private static boolean hasEnded(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0 || socket.getInputStream().available() > 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static List<String> statuses(String answers) {
    return STATUS.matcher(answers).results().map(answer -> answer.group(1)).toList();
  }
}
