package io.tallyman.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest
@Property(name = "tallyman.hosts", value = "tally.example,behind-a-proxy")
final class OwnOriginTest extends GatewayTest {
  @Inject EmbeddedServer server;

  @ParameterizedTest
  @CsvSource({
    "GET,  tally.example, https://elsewhere.example, , 403",
    "POST, tally.example, https://elsewhere.example, , 403",
    "POST, tally.example, https://elsewhere.example, cross-site, 403",
    "POST, tally.example, https://www.tally.example, same-site, 403",
    "POST, tally.example, 'null', cross-site, 403",
    "GET,  localhost:8080, https://elsewhere.example, , 403",
    "POST, tally.example:8080, http://tally.example:80, , 403",
    "GET,  tally.example, https://tally.example, same-origin, 200",
    "GET,  behind-a-proxy:8080, https://tally.example, same-origin, 200",
    "GET,  tally.example:8080, http://TALLY.example:8080, , 200",
    "GET,  tally.example, , cross-site, 403",
    "GET,  tally.example, , same-site, 403",
    "GET,  tally.example, , none, 200",
    "GET,  tally.example, , , 200"
  })
  void pageOfAnotherOriginIsRefusedUnderAnyName(
      String method, String host, String origin, String site, int status) throws IOException {
    billing.answerJson("GET /tasks", 200, "{\"data\": [], \"next_cursor\": null}");

    String answer = send(method, host, origin, site);

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    if (status == 403) {
      assertThat(answer).contains("application/problem+json", "urn:tallyman:problem:forbidden");
      assertThat(billing.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, navigate, document, 200",
    "/docs, navigate, iframe, 403",
    "/docs, no-cors, script, 403",
    "/api/v1/tasks, navigate, document, 403",
    "/api/v1/tasks, no-cors, image, 403"
  })
  void linkOfAnotherSiteLeadsToPagesOnly(String path, String mode, String destination, int status)
      throws IOException {
    String answer =
        send(
            """
            GET %s HTTP/1.1\r
            Host: tally.example\r
            Connection: close\r
            Sec-Fetch-Site: cross-site\r
            Sec-Fetch-Mode: %s\r
            Sec-Fetch-Dest: %s\r
            \r
            """
                .formatted(path, mode, destination));

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
  }

  private String send(String method, String host, String origin, String site) throws IOException {
    StringBuilder request = new StringBuilder(method + " /api/v1/tasks HTTP/1.1\r\n");
    request.append("Host: ").append(host).append("\r\nConnection: close\r\n");
    request.append(Tokens.ADMIN).append("\r\n");
    if (origin != null) {
      request.append("Origin: ").append(origin).append("\r\n");
    }
    if (site != null) {
      request.append("Sec-Fetch-Site: ").append(site).append("\r\n");
    }
    return send(request.append("\r\n").toString());
  }

  private String send(String request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
