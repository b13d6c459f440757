package io.tallyman.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tallyman.bench.load.HttpConnection.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpConnectionTest {
  private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/known", exchange -> answer(exchange, 200, true));
    server.createContext("/chunked", exchange -> answer(exchange, 200, false));
    server.createContext("/refused", exchange -> answer(exchange, 503, true));
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void answersOfKnownAndUnknownLengthAreReadOnOneConnection() {
    try (HttpConnection connection = new HttpConnection(address)) {
      Answer known = connection.post("/known", "", "{\"day\":\"März\"}").expect(200);
      Answer chunked = connection.get("/chunked", "Prefer: wait=3\r\n").expect(200);

      assertThat(known.text()).isEqualTo("POST {\"day\":\"März\"} null");
      assertThat(chunked.text()).isEqualTo("GET  wait=3");
      assertThat(clientPorts).hasSize(1);
    }
  }

  @Test
  void anUnexpectedStatusFailsWithTheBody() {
    try (HttpConnection connection = new HttpConnection(address)) {
      Answer refused = connection.get("/refused", "");

      assertThat(refused.status()).isEqualTo(503);
      assertThatThrownBy(() -> refused.expect(200)).hasMessage("Answered 503: GET  null");
    }
  }

  @Test
  void aCrowdDoesEveryItemOnce() {
    List<Integer> items =
        new Crowd(address, 4)
            .each(
                100,
                (connection, item) -> {
                  connection.get("/known", "").expect(200);
                  return item;
                });

    assertThat(items).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
    assertThat(clientPorts).hasSize(4);
  }

  private void answer(HttpExchange exchange, int status, boolean lengthIsKnown) throws IOException {
    clientPorts.add(exchange.getRemoteAddress().getPort());
    byte[] request = exchange.getRequestBody().readAllBytes();
    String body =
        "%s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                new String(request, StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("Prefer"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, lengthIsKnown ? bytes.length : 0);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
