package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public API, as any program uses it. */
final class Gateway {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILURE", "REVOKED");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;

  Gateway(URI address) {
    this.address = address;
  }

  /**
   * An answer, whatever its status.
   *
   * @param body the JSON, or an empty object where there is none
   */
  record Answer(int status, java.net.http.HttpHeaders headers, JsonNode body) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  Answer get(String path) {
    return answer(request(path).GET());
  }

  Answer post(String path, Object body) {
    BodyPublisher json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return answer(request(path).header("Content-Type", "application/json").POST(json));
  }

  /** Submits a task, which must be accepted. */
  String submit(String task, Map<String, ?> parameters) {
    Answer answer = post("/api/v1/tasks", Map.of("task", task, "parameters", parameters));
    return accepted(answer);
  }

  /** Uploads a gzipped CSV, which must be accepted. */
  String importGzip(Path file, String query) throws IOException {
    Answer answer =
        answer(
            request("/api/v1/imports" + query)
                .header("Content-Type", "text/csv")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofFile(file)));
    return accepted(answer);
  }

  JsonNode task(String id) {
    Answer answer = get("/api/v1/tasks/" + id);
    assertThat(answer.status()).as("status of task %s", id).isEqualTo(200);
    return answer.body();
  }

  JsonNode awaitEnd(String id, Duration patience) {
    return await("end of task " + id)
        .atMost(patience)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> task(id), task -> ENDED.contains(task.get("status").asString()));
  }

  /** Waits for the success of a task and answers with its result. */
  JsonNode awaitSuccess(String id, Duration patience) {
    JsonNode task = awaitEnd(id, patience);
    assertThat(task.get("status").asString()).as("%s", task).isEqualTo("SUCCESS");
    return task.get("result");
  }

  HttpResponse<Path> download(String sheetId, Path file) {
    return send(request("/api/v1/sheets/" + sheetId + "/content").GET(), BodyHandlers.ofFile(file));
  }

  private static String accepted(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    String id = answer.body().get("task_id").asString();
    assertThat(answer.header("Location")).isEqualTo("/api/v1/tasks/" + id);
    return id;
  }

  private Answer answer(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    String body = response.body().isEmpty() ? "{}" : response.body();
    return new Answer(response.statusCode(), response.headers(), JSON.readTree(body));
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofMinutes(1));
  }
}
