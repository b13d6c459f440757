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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the public API.
 *
 * <p>Every method throws {@link TaskFailure} if the answer is not the expected one.
 */
public final class GatewayClient {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private record UserPage(List<User> data) {}

  private record User(long id, String username) {}

  private record Added(long id) {}

  private record ApiKey(String key) {}

  private record Tokens(String accessToken, String refreshToken) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI gateway;
  private volatile @Nullable String token;

  public GatewayClient(URI gateway) {
    this.gateway = gateway;
  }

  /** The ids of the first 200 users, by username. */
  public Map<String, Long> users() {
    HttpRequest.Builder request = request("/api/v1/users?limit=200").GET();
    return read(answer(request, 200), UserPage.class).data().stream()
        .collect(Collectors.toMap(User::username, User::id));
  }

  /**
   * Logs in, and out again. An access token outlives its login: for ten minutes, the later requests
   * are sent as this user.
   */
  public void logIn(String username, String password) {
    Map<String, Object> login = Map.of("username", username, "password", password);
    Tokens tokens = read(answer(postJson("/api/v1/auth/login", login), 200), Tokens.class);
    answer(postJson("/api/v1/auth/logout", Map.of("refresh_token", tokens.refreshToken())), 204);
    token = tokens.accessToken();
  }

  /**
   * The access token that is sent.
   *
   * @throws IllegalStateException if nobody has logged in
   */
  public String token() {
    return Optional.ofNullable(token)
        .orElseThrow(() -> new IllegalStateException("Nobody has logged in."));
  }

  /**
   * Makes an API key of the user who has logged in.
   *
   * @param role what the key may do
   */
  public String newApiKey(String name, String role) {
    Map<String, Object> key = Map.of("name", name, "scopes", List.of(role));
    return read(answer(postJson("/api/v1/api-keys", key), 201), ApiKey.class).key();
  }

  /**
   * @return the id of the new user
   */
  public long addUser(Map<String, Object> user) {
    return read(answer(postJson("/api/v1/users", user), 201), Added.class).id();
  }

  /** Adds a vendor; if a vendor has the account number, nothing happens. */
  public void addVendor(String accountName, String accountNumber, long managerId) {
    Map<String, Object> vendor =
        Map.of(
            "account_name", accountName, "account_number", accountNumber, "manager_id", managerId);
    answer(postJson("/api/v1/vendors", vendor), 201, 409);
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
    return task(postJson("/api/v1/tasks", Map.of("task", task, "parameters", parameters)), 202);
  }

  /** Waits until a task has ended. */
  public GatewayTask awaitEnd(GatewayTask accepted) {
    GatewayTask task = accepted;
    while (!task.hasEnded()) {
      String path = "/api/v1/tasks/" + task.taskId();
      task = task(request(path).header("Prefer", "wait=30").GET(), 200);
    }
    return task;
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
      throw new TaskFailure(Services.BILLING, "sent a result that cannot be read: " + e, e);
    }
  }

  private GatewayTask task(HttpRequest.Builder request, int expected) {
    return read(answer(request, expected), GatewayTask.class);
  }

  /** The body of the answer, which must have one of these statuses. */
  private String answer(HttpRequest.Builder request, Integer... expected) {
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    if (!List.of(expected).contains(response.statusCode())) {
      throw new TaskFailure(
          Services.GATEWAY, "answered %d: %s".formatted(response.statusCode(), response.body()));
    }
    return response.body();
  }

  private static <T> T read(String body, Class<T> type) {
    try {
      return JSON.readValue(body, type);
    } catch (JacksonException e) {
      throw new TaskFailure(Services.GATEWAY, "sent an answer that cannot be read: " + body, e);
    }
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new TaskFailure(Services.GATEWAY, "did not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskFailure(Services.GATEWAY, "did not answer before the launcher stopped", e);
    }
  }

  private HttpRequest.Builder postJson(String path, Object body) {
    return post(path, BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .header("Content-Type", "application/json");
  }

  private HttpRequest.Builder post(String path, BodyPublisher body) {
    return request(path).POST(body);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(path)).timeout(Duration.ofMinutes(1));
    String sent = token;
    return sent == null ? request : request.header("Authorization", "Bearer " + sent);
  }
}
