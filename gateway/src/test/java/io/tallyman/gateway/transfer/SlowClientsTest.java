package io.tallyman.gateway.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that send so slowly that they would hold connections and slots for minutes. A client must
 * send 10,000 bytes per second here, on average over one second.
 */
@MicronautTest
@Property(name = "tallyman.transfers.min-rate", value = "10000")
@Property(name = "tallyman.transfers.window", value = "1s")
@Property(name = "tallyman.transfers.header-timeout", value = "1s")
@Property(name = "tallyman.transfers.per-user", value = "100")
@Property(name = "tallyman.upstream.stream-connections", value = "4")
@Property(name = "tallyman.upstream.max-waiting", value = "100")
final class SlowClientsTest extends GatewayTest {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int SLOTS = 4;
  private static final String IMPORTS = "/api/v1/imports";

  @Inject Client client;
  @Inject EmbeddedServer gateway;

  @AutoClose
  private final ScheduledExecutorService dripper = Executors.newSingleThreadScheduledExecutor();

  @Test
  void slowUploadsAreRefusedAndFreeTheirSlots() {
    billing.answerJson("POST /imports", 202, sample("billing-service", "task"));
    List<Drip> attack = Stream.generate(() -> drip(upload(IMPORTS))).limit(SLOTS).toList();
    await().until(() -> billing.begun() >= SLOTS);

    HttpResponse<String> meanwhile =
        client.send(client.request(IMPORTS).POST(BodyPublishers.ofString("a,b\r\n")));

    assertThat(meanwhile.statusCode()).as(meanwhile.body()).isEqualTo(202);
    assertThat(attack)
        .allSatisfy(
            drip ->
                assertThat(drip.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("urn:tallyman:problem:too-slow", "10000 bytes per second")
                    .containsIgnoringCase("connection: close"));
    assertThat(billing.received()).hasSize(1);
    await().until(() -> billing.ended() == billing.begun());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/tasks", "/api/v1/imports/inspect", "/api/v1/auth/login"})
  void slowBodyOfAnyRouteIsRefused(String path) {
    assertThat(drip(upload(path)).answer())
        .startsWith("HTTP/1.1 408 ")
        .contains("urn:tallyman:problem:too-slow");
    assertThat(billing.received()).isEmpty();
  }

  /** The rest of the body is read, so that the client gets the answer. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/imports?nonsense=1", "/api/v1/nowhere"})
  void connectionOfARefusedRequestIsClosedIfItsBodyIsSlow(String path) {
    assertThat(drip(upload(path)).answer()).containsOnlyOnce("HTTP/1.1 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\n",
        "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\nGET /"
      })
  void slowHeaderClosesTheConnection(String beginning) {
    String answers = drip(beginning).answer();

    assertThat(answers.isEmpty()).isEqualTo(!beginning.contains("\r\n\r\n"));
  }

  @Test
  void connectionThatSendsNothingIsClosed() throws IOException {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void connectionMayBeIdleBetweenRequests() throws Exception {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(3_000);
      byte[] request =
          "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1);
      socket.getOutputStream().write(request);
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      await()
          .pollDelay(Duration.ofMillis(2_500))
          .until(() -> socket.getInputStream().available() > 0);
      socket.getInputStream().skipNBytes(socket.getInputStream().available());

      socket.getOutputStream().write(request);

      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
  }

  /** The client waits for the gateway, and not the other way around. */
  @Test
  void slowServiceIsNoFaultOfTheClient() {
    billing.answer(
        "POST /imports",
        body -> {
          await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);
          return sample("billing-service", "task");
        });

    HttpResponse<String> answer =
        client.send(client.request(IMPORTS).POST(BodyPublishers.ofString("a,b\r\n")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void uploadThatIsFastEnoughTakesAsLongAsItNeeds() throws Exception {
    billing.answerJson("POST /imports", 202, sample("billing-service", "task"));
    String head = upload(IMPORTS).replace("1000000", "120000\r\nConnection: close");
    try (Drip drip = new Drip(head, new byte[4_000], 30)) {
      assertThat(drip.answer()).startsWith("HTTP/1.1 202 ");
    }
  }

  private static String upload(String path) {
    return """
    POST %s HTTP/1.1\r
    Host: localhost\r
    %s\r
    Content-Type: %s\r
    Content-Length: 1000000\r
    \r
    """
        .formatted(path, Tokens.ADMIN, path.contains("import") ? "text/csv" : "application/json");
  }

  /** Sends one byte after the other. */
  private Drip drip(String beginning) {
    return new Drip(beginning, new byte[] {'a'}, Integer.MAX_VALUE);
  }

  /** A client that sends a part of its request every 100 ms, until the gateway answers. */
  private final class Drip implements AutoCloseable {
    private final Socket socket;

    Drip(String beginning, byte[] part, int times) {
      try {
        socket = new Socket(gateway.getHost(), gateway.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write(beginning.getBytes(ISO_8859_1));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      int[] left = {times};
      var _ =
          dripper.scheduleAtFixedRate(
              () -> {
                if (left[0]-- > 0) {
                  send(part);
                } else {
                  throw new IllegalStateException("All is sent");
                }
              },
              100,
              100,
              TimeUnit.MILLISECONDS);
    }

    private void send(byte[] part) {
      try {
        socket.getOutputStream().write(part);
      } catch (IOException closed) {
        throw new UncheckedIOException(closed);
      }
    }

    /** All that the gateway sends until it closes the connection. */
    String answer() {
      try (socket) {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      } catch (IOException failure) {
        throw new AssertionError("The gateway did not close the connection", failure);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
