package io.tallyman.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tallyman.testkit.ServiceCredential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A service behind the gateway, for tests. It gives the answers that the test has set, and records
 * the requests. Like every service, it rejects requests that are meant for another service,
 * internal requests without the credential of the gateway, and others without a token.
 */
public final class FakeService {
  private static final int CONNECTING_AT_ONCE = 2_000;

  private final String name;
  private final HttpServer server;
  private final Map<String, Function<byte[], Answer>> answers = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  public record Received(String request, Headers headers, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(int status, Map<String, String> headers, byte[] body, int missing) {}

  static {
    // The first server reads this once. By default, a server closes idle connections beyond 200,
    // even if the next request is
    // already on its way.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
  }

  public FakeService(String name) {
    this.name = name;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTING_AT_ONCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Ends all connections. */
  public void stop() {
    server.stop(0);
  }

  public void forget() {
    answers.clear();
    received.clear();
  }

  /**
   * @param request method and path, such as {@code GET /users/3}; other requests get a 501
   */
  public void answer(String request, int status, Map<String, String> headers, byte[] body) {
    answers.put(request, _ -> new Answer(status, headers, body, 0));
  }

  /** Answers 200 with a body that is computed from the body of the request. */
  public void answer(String request, UnaryOperator<String> json) {
    answers.put(
        request,
        sent ->
            new Answer(
                200,
                Map.of("Content-Type", "application/json"),
                json.apply(new String(sent, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8),
                0));
  }

  /** Sends the beginning of an answer, and then closes the connection. */
  public void answerHalf(String request, int status, String json) {
    answers.put(
        request,
        _ ->
            new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                json.getBytes(StandardCharsets.UTF_8),
                1));
  }

  public void answerJson(String request, int status, String body) {
    answer(
        request,
        status,
        Map.of("Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  public void answerProblem(String request, int status, String slug) {
    answer(
        request,
        status,
        Map.of("Content-Type", "application/problem+json"),
        """
        {"type": "urn:tallyman:problem:%s", "title": "No", "status": %d, "detail": "Because.",
         "instance": "/behind", "request_id": "a-request",
         "errors": [{"pointer": "/a", "detail": "is wrong"}]}
        """
            .formatted(slug, status)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** All requests in their order; {@code request} is method, path and query. */
  public List<Received> received() {
    return received;
  }

  /** The number of requests, including those whose body has not arrived completely. */
  public int begun() {
    return begun.get();
  }

  /** The number of requests that were answered or broken off. */
  public int ended() {
    return ended.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    begun.incrementAndGet();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String method = exchange.getRequestMethod() + ' ';
      received.add(
          new Received(method + exchange.getRequestURI(), exchange.getRequestHeaders(), body));
      Answer answer =
          answers
              .getOrDefault(method + exchange.getRequestURI().getPath(), _ -> bare(501))
              .apply(body);
      if (!name.equals(exchange.getRequestHeaders().getFirst("X-Addressee"))) {
        answer = bare(421);
      }
      if (!mayUse(exchange.getRequestURI().getPath(), exchange.getRequestHeaders())) {
        answer = bare(401);
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          answer.status(),
          answer.body().length == 0 ? -1 : answer.body().length + answer.missing());
      exchange.getResponseBody().write(answer.body());
    } finally {
      ended.incrementAndGet();
    }
  }

  private boolean mayUse(String path, Headers headers) {
    String authorization = headers.getFirst("Authorization");
    return path.startsWith("/internal/")
        ? ServiceCredential.isOf("gateway", name, authorization)
        : path.startsWith("/auth/") || authorization != null;
  }

  private static Answer bare(int status) {
    return new Answer(status, Map.of(), new byte[0], 0);
  }
}
