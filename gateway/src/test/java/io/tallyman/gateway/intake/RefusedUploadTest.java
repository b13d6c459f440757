package io.tallyman.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.access.Tokens;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** billing-service rejects uploads while they are still being sent. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedUploadTest implements TestPropertyProvider {
  @AutoClose private final HastyService billing;

  @Inject Client client;
  @Inject EmbeddedServer gateway;

  RefusedUploadTest() throws IOException {
    billing = new HastyService();
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.of("tallyman.billing-service.url", billing.url());
  }

  @RepeatedTest(20)
  void refusalIsToldAndHoldsNobodyUp() {
    assertThat(upload(8_000_000)).isEqualTo(503);
    assertThat(upload(100)).isEqualTo(503);
  }

  /** If the rest of an upload is not read, the next request on the connection hangs. */
  @ParameterizedTest
  @CsvSource({
    "/api/v1/imports?nonsense=1, 422",
    "/api/v1/nowhere, 404",
    "/api/v1/users, 415",
    "/api/v1/sheets, 405"
  })
  void connectionOfWhatTheGatewayRefusesServesTheNextRequest(String path, int status)
      throws Exception {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(10_000);
      Thread sender = Thread.startVirtualThread(() -> sendAndAskForMore(socket, path));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 " + status)
          .contains("HTTP/1.1 200");
      sender.join();
    }
  }

  private static void sendAndAskForMore(Socket socket, String path) {
    try {
      OutputStream requests = socket.getOutputStream();
      requests.write(
          """
          POST %s HTTP/1.1\r
          Host: localhost\r
          %s\r
          Content-Type: text/csv\r
          Content-Length: 8000000\r
          \r
          """
              .formatted(path, Tokens.ADMIN)
              .getBytes(UTF_8));
      requests.write(new byte[8_000_000]);
      requests.write(
          "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
              .getBytes(UTF_8));
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private int upload(int bytes) {
    return client
        .send(
            client
                .request("/api/v1/imports")
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofByteArray(new byte[bytes])))
        .statusCode();
  }
}
