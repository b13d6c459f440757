package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tallyman.testing.TallymanStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the public API. */
public final class Gateway {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILURE", "REVOKED");

  private final HttpClient client;
  private final Supplier<URI> address;
  private final Supplier<String> token;

  /** As a user who may do everything. */
  public Gateway(TallymanStack stack) {
    this(stack, "admin");
  }

  /** As a user with this role only. */
  Gateway(TallymanStack stack, String role) {
    this(stack::gateway, () -> stack.token(role));
  }

  /** The same gateway, as the user who logs in now. */
  Gateway loggedIn(Map<String, ?> credentials) {
    String theirs = post("/api/v1/auth/login", credentials).body().get("access_token").asString();
    return new Gateway(client, address, () -> theirs);
  }

  /**
   * @param address the address, which is requested again for each request
   * @param token the access token, which is requested again for each request
   */
  public Gateway(Supplier<URI> address, Supplier<String> token) {
    this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), address, token);
  }

  /** With a client that trusts the certificate of the gateway, for example. */
  Gateway(HttpClient client, Supplier<URI> address, Supplier<String> token) {
    this.client = client;
    this.address = address;
    this.token = token;
  }

  public URI address() {
    return address.get();
  }

  /** The value of the header {@code Authorization} for requests that are sent in another way. */
  public String authorization() {
    return "Bearer " + token.get();
  }

  /**
   * An answer, whatever its status.
   *
   * @param body the JSON, or an empty object if there is none
   */
  public record Answer(int status, java.net.http.HttpHeaders headers, JsonNode body) {
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  public Answer get(String path) {
    return answer(request(path).GET());
  }

  public Answer post(String path, Object body) {
    BodyPublisher json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return answer(request(path).header("Content-Type", "application/json").POST(json));
  }

  Answer patch(String path, Object body) {
    BodyPublisher json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return answer(request(path).header("Content-Type", "application/json").method("PATCH", json));
  }

  /** Submits a task, which must be accepted. */
  public String submit(String task, Map<String, ?> parameters) {
    Answer answer = post("/api/v1/tasks", Map.of("task", task, "parameters", parameters));
    return accepted(answer);
  }

  /** Posts without a body: {@code cancel}, {@code retry}, {@code undo}. */
  public Answer post(String path) {
    return answer(request(path).POST(BodyPublishers.noBody()));
  }

  /** Like {@link #post(String)}, but the answer must be a task. */
  public String postAccepted(String path) {
    return accepted(post(path));
  }

  /** Uploads a gzipped CSV, which must be accepted. */
  public String importGzip(Path file, String query) throws IOException {
    return accepted(
        upload(
            query,
            BodyPublishers.ofFile(file),
            Map.of("Content-Type", "text/csv", "Content-Encoding", "gzip")));
  }

  /** Uploads a CSV in UTF-8, which must be accepted. */
  public String importCsv(String csv, String query) {
    return importCsv(csv.getBytes(StandardCharsets.UTF_8), query);
  }

  /** Uploads these bytes as CSV, which must be accepted. */
  String importCsv(byte[] csv, String query) {
    return accepted(
        upload(query, BodyPublishers.ofByteArray(csv), Map.of("Content-Type", "text/csv")));
  }

  public Answer upload(String query, BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder request = request("/api/v1/imports" + query).POST(body);
    headers.forEach(request::header);
    return answer(request);
  }

  /** A query of these names and values, with its question mark. */
  public static String query(String... namesAndValues) {
    StringBuilder query = new StringBuilder();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      query
          .append(query.isEmpty() ? '?' : '&')
          .append(namesAndValues[index])
          .append('=')
          .append(URLEncoder.encode(namesAndValues[index + 1], StandardCharsets.UTF_8));
    }
    return query.toString();
  }

  public JsonNode task(String id) {
    Answer answer = get("/api/v1/tasks/" + id);
    assertThat(answer.status()).as("status of task %s", id).isEqualTo(200);
    return answer.body();
  }

  /** Reads a task with a long poll. */
  Answer longPoll(String id, int seconds) {
    return answer(request("/api/v1/tasks/" + id).header("Prefer", "wait=" + seconds).GET());
  }

  public JsonNode awaitEnd(String id, Duration patience) {
    return await("end of task " + id)
        .atMost(patience)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> task(id), task -> ENDED.contains(task.get("status").asString()));
  }

  /** Waits for the success of a task and returns its result. */
  public JsonNode awaitSuccess(String id, Duration patience) {
    JsonNode task = awaitEnd(id, patience);
    assertThat(task.get("status").asString()).as("%s", task).isEqualTo("SUCCESS");
    return task.get("result");
  }

  /** Waits for the failure of a task and returns the error. */
  public JsonNode awaitFailure(String id, Duration patience) {
    JsonNode task = awaitEnd(id, patience);
    assertThat(task.get("status").asString()).as("%s", task).isEqualTo("FAILURE");
    return task;
  }

  /**
   * Like {@link #submit}, but repeats the request with one key until it is accepted, because
   * services may be away.
   */
  String submitThroughOutages(String task, Map<String, ?> parameters, Duration patience) {
    String body = JSON.writeValueAsString(Map.of("task", task, "parameters", parameters));
    String key = UUID.randomUUID().toString();
    Answer accepted =
        await("acceptance of " + body)
            .atMost(patience)
            .pollInterval(Duration.ofMillis(200))
            .ignoreExceptions()
            .until(
                () ->
                    answer(
                        request("/api/v1/tasks")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .POST(BodyPublishers.ofString(body))),
                answer -> answer.status() == 202);
    return accepted.body().get("task_id").asString();
  }

  /** Like {@link #awaitSuccess}, but services or their databases may be away. */
  JsonNode awaitSuccessThroughOutages(String id, Duration patience) {
    await("end of task " + id)
        .atMost(patience)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () -> get("/api/v1/tasks/" + id),
            answer ->
                answer.status() == 200 && ENDED.contains(answer.body().get("status").asString()));
    return awaitSuccess(id, patience);
  }

  /** The content of a small sheet. */
  public String sheet(String sheetId) {
    HttpResponse<String> response =
        send(request("/api/v1/sheets/" + sheetId + "/content").GET(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as("status of sheet %s", sheetId).isEqualTo(200);
    return response.body();
  }

  /** The rows of a new billing sheet of one day. */
  List<NamedCsvRecord> billingsOf(String day) {
    String task = submit("billing.sheet", Map.of("billing_date", day));
    String sheetId = awaitSuccess(task, PATIENCE).get("sheet_id").asString();
    return CsvReader.builder().ofNamedCsvRecord(sheet(sheetId)).stream().toList();
  }

  /** The refused rows of an import; empty if there is no sheet of them. */
  List<RefusedRow> refusedRows(JsonNode result) {
    JsonNode sheet = result.get("error_sheet_id");
    return sheet.isNull() ? List.of() : RefusedRow.read(sheet(sheet.asString()));
  }

  HttpResponse<Path> download(String sheetId, Path file) {
    return send(request("/api/v1/sheets/" + sheetId + "/content").GET(), BodyHandlers.ofFile(file));
  }

  /** Requests the content of a sheet with these headers. Accepts every answer. */
  public HttpResponse<byte[]> content(String sheetId, String method, String... headers) {
    HttpRequest.Builder request =
        request("/api/v1/sheets/" + sheetId + "/content").method(method, BodyPublishers.noBody());
    return send(
        headers.length == 0 ? request : request.headers(headers), BodyHandlers.ofByteArray());
  }

  /** Begins a download, disconnects after this many bytes, and returns them. */
  byte[] beginning(String sheetId, int bytes) throws IOException {
    try (InputStream body = open(sheetId)) {
      return body.readNBytes(bytes);
    }
  }

  /** Begins a download as a stream. */
  InputStream open(String sheetId) {
    return send(
            request("/api/v1/sheets/" + sheetId + "/content").GET(), BodyHandlers.ofInputStream())
        .body();
  }

  /** The events of a task in short: {@code 3 PENDING released}. */
  public List<String> events(String id) {
    return get("/api/v1/tasks/" + id + "/events")
        .body()
        .get("data")
        .valueStream()
        .map(
            event ->
                "%d %s %s"
                    .formatted(
                        event.get("seq").asInt(),
                        event.get("status").asString(),
                        event.get("reason").isNull() ? "" : event.get("reason").asString())
                    .strip())
        .toList();
  }

  private static String accepted(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    String id = answer.body().get("task_id").asString();
    assertThat(answer.header("Location")).isEqualTo("/api/v1/tasks/" + id);
    return id;
  }

  /** Sends a request. Accepts every status. */
  public Answer answer(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    String body = response.body().isEmpty() ? "{}" : response.body();
    return new Answer(response.statusCode(), response.headers(), JSON.readTree(body));
  }

  /** Sends a request, and returns the unparsed answer. */
  public HttpResponse<String> exchange(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
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

  public HttpRequest.Builder request(String path) {
    return requestWithoutToken(path).header("Authorization", authorization());
  }

  /** A request that does not say who sends it. */
  public HttpRequest.Builder requestWithoutToken(String path) {
    return HttpRequest.newBuilder(address.get().resolve(path)).timeout(Duration.ofMinutes(1));
  }
}
