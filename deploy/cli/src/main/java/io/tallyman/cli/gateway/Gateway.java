package io.tallyman.cli.gateway;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public API of one gateway. Numbers stay exact, because answers are not converted.
 *
 * <p>Each method throws {@link Rejected} if the gateway answers with a problem, and {@link
 * Unreachable} if there is no answer. A certificate that is not trusted ends the command. Requests
 * whose answer is lost are repeated a few times. Requests that create something have an idempotency
 * key, so that they are executed once.
 */
public final class Gateway {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String API = "/api/v1/";
  private static final int MOST_REPEATS = 3;
  private static final Duration BETWEEN_REPEATS = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIME = Duration.ofMinutes(1);

  private final HttpClient client;
  private final URI address;
  private final Supplier<Optional<String>> token;

  /**
   * @param environment may name the authorities that are trusted, if the address has {@code https}
   * @param token asked before each request for the bearer token that it sends
   */
  Gateway(URI address, Map<String, String> environment, Supplier<Optional<String>> token) {
    this.address = address;
    this.token = token;
    this.client = client(address, environment);
  }

  private static HttpClient client(URI address, Map<String, String> environment) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT_TIME);
    if ("https".equals(address.getScheme())) {
      TrustedAuthorities.configured(environment).ifPresent(client::sslContext);
    }
    return client.build();
  }

  /**
   * @param path below {@code /api/v1}, without a slash before it
   */
  public JsonNode get(String path) {
    return json(request(path).timeout(ANSWER_TIME).GET().build());
  }

  /** Reads a task. The answer comes when it has ended, or after the time. */
  public JsonNode task(String id, Duration wait) {
    return json(
        request("tasks/" + encoded(id))
            .header("Prefer", "wait=" + Math.max(0, wait.toSeconds()))
            .timeout(ANSWER_TIME)
            .GET()
            .build());
  }

  public JsonNode post(String path) {
    return json(keyed(path).timeout(ANSWER_TIME).POST(BodyPublishers.noBody()).build());
  }

  public JsonNode post(String path, Map<String, ?> body) {
    BodyPublisher json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return json(
        keyed(path)
            .timeout(ANSWER_TIME)
            .header("Content-Type", "application/json")
            .POST(json)
            .build());
  }

  /**
   * Sends a whole file of CSV, which may take long.
   *
   * @param sent gets how many bytes were sent so far; it begins again if the request is repeated
   */
  public JsonNode upload(String path, Path file, boolean gzip, LongConsumer sent)
      throws FileNotFoundException {
    BodyPublisher content = new CountedBody(BodyPublishers.ofFile(file), sent);
    return json(csv(keyed(path), gzip).POST(content).build());
  }

  /** Sends the beginning of a file of CSV to a route that creates nothing. */
  public JsonNode inspect(String path, byte[] beginning, boolean gzip) {
    return json(
        csv(request(path), gzip)
            .timeout(ANSWER_TIME)
            .POST(BodyPublishers.ofByteArray(beginning))
            .build());
  }

  /**
   * Opens the content of a sheet. Reading fails if the connection is lost.
   *
   * @param from the first byte
   */
  public InputStream content(String sheetId, long from) {
    HttpRequest.Builder request =
        request("sheets/" + encoded(sheetId) + "/content").timeout(ANSWER_TIME).GET();
    if (from > 0) {
      request.header("Range", "bytes=%d-".formatted(from));
    }
    HttpResponse<InputStream> response = answer(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() == (from > 0 ? 206 : 200)) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw failure(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Unreachable(address, "did not finish its answer", e);
    }
  }

  /** A query with its question mark; empty if there are no values. */
  public static String query(Map<String, String> values) {
    return values.isEmpty()
        ? ""
        : values.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode json(HttpRequest request) {
    HttpResponse<String> response = answer(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw failure(response.statusCode(), response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw stranger(response.statusCode());
    }
  }

  private RuntimeException failure(int status, String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      return problem.has("type") ? new Rejected(status, problem) : stranger(status);
    } catch (JacksonException e) {
      return stranger(status);
    }
  }

  private Unreachable stranger(int status) {
    return new Unreachable(
        address, "does not answer like a gateway of Tallyman (status %d)".formatted(status));
  }

  private <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> body) {
    for (int repeats = 0; ; repeats++) {
      try {
        return client.send(request, body);
      } catch (ConnectException | HttpConnectTimeoutException e) {
        throw new Unreachable(address, "cannot be reached", e);
      } catch (IOException e) {
        TrustedAuthorities.endIfRefused(address, e);
        if (repeats == MOST_REPEATS) {
          throw new Unreachable(address, "did not answer", e);
        }
        pause(BETWEEN_REPEATS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  /** Waits before a request is repeated. */
  public void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Unreachable interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new Unreachable(address, "was not asked any more", cause);
  }

  private HttpRequest.Builder keyed(String path) {
    return request(path).header("Idempotency-Key", UUID.randomUUID().toString());
  }

  private static HttpRequest.Builder csv(HttpRequest.Builder request, boolean gzip) {
    request.header("Content-Type", "text/csv");
    return gzip ? request.header("Content-Encoding", "gzip") : request;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + API + path));
    token.get().ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }
}
