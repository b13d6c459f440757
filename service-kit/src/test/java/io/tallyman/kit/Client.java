package io.tallyman.kit;

import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.testkit.RawRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client that accepts every answer, whatever its status. */
@Singleton
public final class Client {
  private final EmbeddedServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  Client(EmbeddedServer server) {
    this.server = server;
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

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.getURL() + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("The server gave no answer", e);
    }
  }

  /**
   * Sends these characters, even if they are not valid HTTP.
   *
   * @return everything that the server sends until it closes the connection, which it must do
   */
  public String raw(String request) {
    return raw(request, "");
  }

  /**
   * @param head contains {@code Expect: 100-continue} if the body is sent only when the server asks
   *     for it
   */
  public String raw(String head, String body) {
    return new RawRequest(head, body).send(server.getHost(), server.getPort());
  }
}
