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

/** A client that takes every answer as it comes. */
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
   * Sends these characters, whatever they are.
   *
   * @return everything that comes back until the server closes the connection, as it has to
   */
  public String raw(String request) {
    return raw(request, "");
  }

  /**
   * @param head has {@code Expect: 100-continue} if the body is to be sent only when it is read
   */
  public String raw(String head, String body) {
    return new RawRequest(head, body).send(server.getHost(), server.getPort());
  }
}
