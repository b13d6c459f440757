package io.tallyman.standalone.client;

import io.tallyman.standalone.stack.Services;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public API, as any program uses it.
 *
 * <p>Every method throws {@link TaskFailure} when the answer is not the promised one.
 */
public final class GatewayClient {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI gateway;

  public GatewayClient(URI gateway) {
    this.gateway = gateway;
  }

  /** Uploads a gzipped CSV in the columns of a billing sheet. */
  public GatewayTask importBillings(byte[] gzip) {
    return task(
        post("/api/v1/imports", BodyPublishers.ofByteArray(gzip))
            .header("Content-Type", "text/csv")
            .header("Content-Encoding", "gzip"),
        202);
  }

  public GatewayTask submit(String task, Map<String, String> parameters) {
    String body = JSON.writeValueAsString(Map.of("task", task, "parameters", parameters));
    return task(
        post("/api/v1/tasks", BodyPublishers.ofString(body))
            .header("Content-Type", "application/json"),
        202);
  }

  GatewayTask task(String id) {
    return task(request("/api/v1/tasks/" + id).GET(), 200);
  }

  public void download(String sheetId, Path file) {
    HttpRequest.Builder request = request("/api/v1/sheets/" + sheetId + "/content").GET();
    HttpResponse<Path> response = send(request, BodyHandlers.ofFile(file));
    if (response.statusCode() != 200) {
      throw new TaskFailure(
          Services.GATEWAY, "answered %d for a sheet".formatted(response.statusCode()));
    }
  }

  public static <T> T result(GatewayTask task, Class<T> type) {
    try {
      return JSON.treeToValue(task.result(), type);
    } catch (JacksonException e) {
      throw new TaskFailure(Services.BILLING, "told a result that cannot be read: " + e, e);
    }
  }

  private GatewayTask task(HttpRequest.Builder request, int expected) {
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    if (response.statusCode() != expected) {
      throw new TaskFailure(
          Services.GATEWAY, "answered %d: %s".formatted(response.statusCode(), response.body()));
    }
    try {
      return JSON.readValue(response.body(), GatewayTask.class);
    } catch (JacksonException e) {
      throw new TaskFailure(Services.GATEWAY, "answered no task but " + response.body(), e);
    }
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new TaskFailure(Services.GATEWAY, "did not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskFailure(Services.GATEWAY, "was not waited for", e);
    }
  }

  private HttpRequest.Builder post(String path, BodyPublisher body) {
    return request(path).POST(body);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path)).timeout(Duration.ofMinutes(1));
  }
}
