package io.tallyman.e2e.live;

import io.tallyman.e2e.Gateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of server-sent events. Not thread-safe. */
final class EventStream implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The gateway sends a comment every 15 s. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

  private final HttpURLConnection connection;
  private final BufferedReader lines;

  /**
   * @param id empty if the event has none
   * @param name the value of the field {@code event}
   */
  record Event(String id, String name, JsonNode data) {}

  /**
   * Sends the request. Accepts every status.
   *
   * @param seq the {@code Last-Event-ID}; 0 for none
   */
  static EventStream open(Gateway gateway, String path, int seq) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) gateway.address().resolve(path).toURL().openConnection();
    connection.setConnectTimeout((int) LONGEST_SILENCE.toMillis());
    connection.setReadTimeout((int) LONGEST_SILENCE.toMillis());
    connection.setRequestProperty("Authorization", gateway.authorization());
    connection.setRequestProperty("Accept", "text/event-stream");
    if (seq > 0) {
      connection.setRequestProperty("Last-Event-ID", Integer.toString(seq));
    }
    return new EventStream(connection);
  }

  private EventStream(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    InputStream body =
        connection.getResponseCode() == HttpURLConnection.HTTP_OK
            ? connection.getInputStream()
            : InputStream.nullInputStream();
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  int status() throws IOException {
    return connection.getResponseCode();
  }

  String header(String name) {
    return connection.getHeaderField(name);
  }

  /**
   * The next event; empty if the stream has ended.
   *
   * @throws IOException if the connection is lost, or nothing comes for 45 s
   */
  Optional<Event> next() throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
      } else if (line.isEmpty() && fields.containsKey("data")) {
        return Optional.of(
            new Event(
                fields.getOrDefault("id", ""),
                fields.getOrDefault("event", ""),
                JSON.readTree(fields.get("data"))));
      } else if (line.isEmpty()) {
        fields.clear();
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
