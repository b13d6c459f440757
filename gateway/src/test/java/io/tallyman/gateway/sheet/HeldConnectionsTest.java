package io.tallyman.gateway.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.gateway.access.Tokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that disconnect during a download leave none of the 64 connections to billing-service in
 * use.
 */
final class HeldConnectionsTest {
  private static final String CONTENT =
      "/api/v1/sheets/0197a3c2-7a00-7000-8000-000000000002/content";
  private static final int MANY = 200;

  /** Idle connections that the gateway keeps for the next request. */
  private static final int KEPT = 4;

  private EndlessService billing;
  private EmbeddedServer gateway;

  @BeforeEach
  void start() throws IOException {
    billing = new EndlessService();
    gateway =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of("micronaut.server.port", -1, "tallyman.billing-service.url", billing.url()),
            "test");
  }

  @AfterEach
  void stop() throws IOException {
    gateway.getApplicationContext().close();
    billing.close();
  }

  @Test
  void headsAndAbortedDownloadsHoldNone() throws Exception {
    for (int i = 0; i < MANY; i++) {
      assertThat(head().statusCode()).isEqualTo(200);
    }
    assertThat(billing.connections()).isBetween(1, KEPT);

    for (int i = 0; i < MANY; i++) {
      abort(i % 3);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(billing.connections()).isLessThanOrEqualTo(KEPT));
    assertThat(head().headers().firstValue("Content-Length")).hasValue("1000000000000");
  }

  /**
   * Begins a download and disconnects.
   *
   * @param when before the answer, at its first byte, or later
   */
  private void abort(int when) throws IOException {
    try (Socket client = new Socket(gateway.getHost(), gateway.getPort())) {
      String request =
          "GET " + CONTENT + " HTTP/1.1\r\nHost: gateway\r\n" + Tokens.ADMIN + "\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      if (when > 0) {
        int first = client.getInputStream().read();
        assertThat(first).isEqualTo('H');
      }
      if (when > 1) {
        assertThat(client.getInputStream().readNBytes(100_000)).hasSize(100_000);
      }
    }
  }

  private HttpResponse<Void> head() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(gateway.getURL() + CONTENT))
              .header("Authorization", Tokens.SHARED.bearer("viewer"))
              .HEAD()
              .build(),
          BodyHandlers.discarding());
    }
  }
}
