package io.tallyman.e2e;

import static io.tallyman.e2e.SecureStack.OTHER_AUTHORITY;
import static io.tallyman.e2e.SecureStack.OTHER_NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testkit.RawRequest;
import io.tallyman.testkit.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on every connection, and what each client refuses. */
@OnContainers
@Order(Integer.MAX_VALUE)
final class TlsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final TestAuthority OTHER = new TestAuthority();
  private static final String CSV =
      """
      date_billed,account_name,account_number,payable,currency,total_issues
      2026-03-01,Ada & Co,A-1,120.00,GBP,1
      """;

  private static final String UNKNOWN_AUTHORITY = "unable to find valid certification path";
  private static final HttpClient CLIENT = clientOf(AUTHORITY);

  private static ContainerStack stack;

  @BeforeAll
  static void start() throws IOException {
    stack = SecureStack.start(AUTHORITY, OTHER);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void sheetIsMadeAndFollowed() {
    Gateway gateway = gateway("gateway");
    assertThat(gateway.awaitSuccess(gateway.importCsv(CSV, ""), PATIENCE).get("imported").asInt())
        .isOne();
    Ends ends = new Ends();
    WebSocket socket =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols("tallyman.tasks.v1")
            .header("Authorization", gateway.authorization())
            .buildAsync(URI.create("wss://" + gateway.address().getAuthority() + "/ws/tasks"), ends)
            .join();
    String task =
        gateway.submit("billing.assignments", Map.of("from", "2026-03-01", "to", "2026-03-01"));
    socket
        .sendText(
            "{\"type\": \"subscribe\", \"ref\": \"one\", \"task_ids\": [\"%s\"]}".formatted(task),
            true)
        .join();

    ends.succeeded.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

    String sheet = gateway.awaitSuccess(task, PATIENCE).get("sheet_id").asString();
    assertThat(gateway.sheet(sheet)).contains("Ada & Co");
    socket.abort();
  }

  /** The listener of a WebSocket that waits for the success of a task. */
  private static final class Ends implements WebSocket.Listener {
    private final CompletableFuture<Void> succeeded = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      if (text.append(part).indexOf("SUCCESS") >= 0) {
        succeeded.complete(null);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  @Test
  void cookieOfASessionIsSecure() {
    HttpResponse<String> answer =
        gateway("gateway")
            .exchange(
                gateway("gateway")
                    .requestWithoutToken("/api/v1/auth/session")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(login())));

    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-")
        .contains("; Secure", "; HTTPOnly");
  }

  @Test
  void clientsRefuseTheGatewayWithoutItsAuthorityOrName() {
    assertThatThrownBy(() -> get(OTHER, "localhost"))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining(UNKNOWN_AUTHORITY);
    assertThatThrownBy(() -> get(AUTHORITY, "127.0.0.1"))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining("No subject alternative names matching IP address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "user-service", "billing-service", "worker-1"})
  void plainHttpIsNotAnswered(String part) {
    String request = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(new RawRequest(request, "").send("localhost", port(part))).doesNotContain("HTTP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "user-service", "billing-service", "worker-1"})
  void healthCheckOfTheContainerSucceeds(String part) {
    assertThat(stack.run(part, "service-is-ready")).isEmpty();
  }

  @Test
  void partsWithACertificateOfAnotherAuthorityAreRefused() {
    assertRefuses(OTHER_AUTHORITY, UNKNOWN_AUTHORITY, "rabbitmq:5671", UNKNOWN_AUTHORITY);
  }

  @Test
  void partsWithACertificateForAnotherNameAreRefused() {
    assertRefuses(
        OTHER_NAMES,
        "No subject alternative DNS name matching user-service.example found",
        "rabbitmq.example:5671",
        "No subject alternative DNS name matching rabbitmq.example found");
  }

  /** The gateway itself answers, but it does not get what it needs from the other parts. */
  private static void assertRefuses(
      String gateway, String reason, String broker, String reasonOfTheBroker) {
    assertThat(gateway(gateway).get("/api/v1/vendors").status()).isEqualTo(503);
    await("connections are tried")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(stack.log(gateway).lines())
                    .anyMatch(line -> line.contains(reason))
                    .anyMatch(
                        line ->
                            line.contains("The broker at " + broker + " cannot be reached")
                                && line.contains(reasonOfTheBroker)));
  }

  @Test
  void databaseIsReachedWithItsAuthorityAndNameOnly() throws SQLException {
    String verified = "&sslmode=verify-full&sslrootcert=";

    connect("localhost", verified + AUTHORITY.certificate());
    assertThatThrownBy(() -> connect("localhost", verified + OTHER.certificate()))
        .hasStackTraceContaining(UNKNOWN_AUTHORITY);
    assertThatThrownBy(() -> connect("127.0.0.1", verified + AUTHORITY.certificate()))
        .hasMessageContaining("The hostname 127.0.0.1 could not be verified");
    assertThatThrownBy(() -> connect("localhost", "&sslmode=disable"))
        .hasMessageContaining("no encryption");
  }

  private static void connect(String host, String more) throws SQLException {
    String url = stack.jdbcUrl("users").replaceFirst("//[^:/]+", "//" + host);
    DriverManager.getConnection(url + more).close();
  }

  private static URI address(String part) {
    return URI.create("https://localhost:" + port(part));
  }

  private static int port(String part) {
    return stack.gateway(part).getPort();
  }

  private static HttpClient clientOf(TestAuthority trusted) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(trusted.trusting())
        .build();
  }

  private static void get(TestAuthority trusted, String host)
      throws IOException, InterruptedException {
    URI address = URI.create("https://" + host + ":" + port("gateway") + "/health");
    try (HttpClient client = clientOf(trusted)) {
      client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
    }
  }

  /** A client of one of the gateways, with a token from the gateway that works. */
  private static Gateway gateway(String part) {
    return new Gateway(CLIENT, () -> address(part), TlsIT::token);
  }

  private static String token() {
    Gateway.Answer answer =
        gateway("gateway")
            .answer(
                gateway("gateway")
                    .requestWithoutToken("/api/v1/auth/login")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(login())));
    return answer.body().get("access_token").asString();
  }

  private static String login() {
    return "{\"username\": \"admin\", \"password\": \"%s\"}".formatted(stack.adminPassword());
  }
}
