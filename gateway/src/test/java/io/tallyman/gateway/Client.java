package io.tallyman.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A client of the gateway that accepts every answer, whatever its status. */
@Singleton
public final class Client {
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

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

  /**
   * Sends a request exactly as it is given.
   *
   * @param head contains {@code Expect: 100-continue} if the body is sent only when the gateway
   *     asks for it
   * @return everything that the gateway sends until it closes the connection, which it must do
   */
  public String raw(String head, String body) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream request = socket.getOutputStream();
      InputStream answer = socket.getInputStream();
      request.write(head.getBytes(StandardCharsets.ISO_8859_1));
      if (head.contains("100-continue")) {
        assertThat(new String(answer.readNBytes(CONTINUE.length()), StandardCharsets.UTF_8))
            .isEqualTo(CONTINUE);
      }
      request.write(body.getBytes(StandardCharsets.ISO_8859_1));
      answer.transferTo(received);
    } catch (SocketException closedUnread) {
      // The gateway did not read everything that was sent.
    } catch (IOException e) {
      throw new AssertionError("The server did not close the connection after: " + received, e);
    }
    return received.toString(StandardCharsets.UTF_8);
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.getURL() + path));
  }

  public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("The gateway gave no answer", e);
    }
  }
}
