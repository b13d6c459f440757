package io.tallyman.gateway;

import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.testkit.RawRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** A client of the gateway for an admin. It accepts every answer, whatever its status. */
@Singleton
public final class Client {
  private static final String ADMIN = Tokens.SHARED.bearer("admin");

  private final EmbeddedServer gateway;
  private final HttpClient http = HttpClient.newHttpClient();

  Client(EmbeddedServer gateway) {
    this.gateway = gateway;
  }

  public HttpResponse<String> get(String path) {
    return send(request(path));
  }

  public HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> patch(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> getAnonymously(String path) {
    return send(anonymous(path));
  }

  /**
   * Sends a request exactly as it is given.
   *
   * @param head contains {@code Expect: 100-continue} if the body is sent only when the gateway
   *     asks for it
   * @return everything that the gateway sends until it closes the connection, which it must do
   */
  public String raw(String head, String body) {
    return new RawRequest(head, body).send(gateway.getHost(), gateway.getPort());
  }

  /** A request of an admin. */
  public HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", ADMIN);
  }

  /** A request without a token. */
  public HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.getURL() + path));
  }

  public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  public <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("The gateway gave no answer", e);
    }
  }
}
