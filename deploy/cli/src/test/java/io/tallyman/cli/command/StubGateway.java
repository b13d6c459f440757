package io.tallyman.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A server that answers what a real gateway answers rarely: failures, in a chosen order. */
final class StubGateway implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Writes the answer to one request; an answer that writes nothing breaks the connection. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /**
   * A request.
   *
   * @param target the path and the query
   */
  record Asked(String target, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  StubGateway() throws IOException {
    this("http", HttpServer.create());
  }

  private StubGateway(String scheme, HttpServer server) throws IOException {
    this.scheme = scheme;
    this.server = server;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers HTTPS, with the certificate in the context. */
  static StubGateway secure(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new StubGateway("https", server);
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The requests in the order in which they came. */
  List<Asked> asked() {
    return asked;
  }

  /**
   * Answers requests for a path with these answers, one after the other; the last one again and
   * again.
   *
   * @param path below {@code /api/v1/}, without a query
   */
  StubGateway on(String path, Answer... answersInOrder) {
    answers.put("/api/v1/" + path, new ArrayDeque<>(List.of(answersInOrder)));
    return this;
  }

  static Answer json(int status, String body) {
    return bytes(status, body.getBytes(UTF_8));
  }

  static Answer bytes(int status, byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  /** A problem with an invalid field. */
  static Answer problem(int status) {
    return json(
        status,
        """
        {"type": "urn:tallyman:problem:x", "title": "The parameters are invalid", "status": %d,
         "detail": "Correct them.", "errors": [{"pointer": "/parameters/to", "detail": "is too early"}]}
        """
            .formatted(status));
  }

  /** The beginning of an answer that promises more. Then the connection breaks. */
  static Answer broken(int status, byte[] beginning) {
    return exchange -> {
      exchange.sendResponseHeaders(status, beginning.length + 1L);
      exchange.getResponseBody().write(beginning);
      exchange.getResponseBody().flush();
    };
  }

  /** No answer: the connection is closed. */
  static Answer nothing() {
    return exchange -> {};
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      asked.add(new Asked(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
      Deque<Answer> expected = answers.get(exchange.getRequestURI().getPath());
      if (expected == null) {
        json(500, "{}").to(exchange);
        return;
      }
      Answer answer = expected.size() > 1 ? expected.remove() : expected.element();
      answer.to(exchange);
    }
  }
}
