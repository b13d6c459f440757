package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A WebSocket session that follows all tasks by a filter, and some by their ids. It keeps every
 * frame, and does not connect again.
 */
final class Watcher implements WebSocket.Listener, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String ALL = "all";
  private static final int LOST = 1006;

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder message = new StringBuilder();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;

  /**
   * @throws java.util.concurrent.CompletionException if there is no connection
   */
  Watcher(Gateway gateway) {
    socket =
        client
            .newWebSocketBuilder()
            .subprotocols("tallyman.tasks.v1")
            .header("Authorization", gateway.authorization())
            .buildAsync(URI.create("ws://" + gateway.address().getAuthority() + "/ws/tasks"), this)
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    send(Map.of("type", "subscribe", "ref", ALL, "filter", Map.of()));
  }

  /**
   * @param seq the last event that the client has; 0 if it has none
   */
  void follow(String task, int seq) {
    send(
        Map.of(
            "type",
            "subscribe",
            "ref",
            task,
            "task_ids",
            List.of(task),
            "resume_from",
            Map.of(task, seq)));
  }

  /** The events of a followed task, such as {@code task.started 2}. */
  List<String> events(String task) {
    return frames.stream()
        .filter(frame -> is(frame, "event", task))
        .map(frame -> frame.get("event"))
        .map(event -> event.get("type").asString() + ' ' + event.get("seq").asInt())
        .toList();
  }

  /**
   * What the filter tells of a task: the {@code seq} in the last snapshot, if the task is there,
   * and in all later events.
   */
  List<Integer> seqsOfFilter(String task) {
    List<Integer> seqs = new ArrayList<>();
    for (JsonNode frame : frames) {
      if (is(frame, "snapshot", ALL)) {
        seqs.clear();
        frame.get("tasks").valueStream().filter(of(task)).forEach(each -> seqs.add(seq(each)));
      } else if (is(frame, "event", ALL) && of(task).test(frame.get("event"))) {
        seqs.add(seq(frame.get("event")));
      }
    }
    return seqs;
  }

  /** The number of snapshots of the filter. */
  long snapshots() {
    return frames.stream().filter(frame -> is(frame, "snapshot", ALL)).count();
  }

  /** Waits until the connection has ended. */
  int closeCode() {
    return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      frames.add(JSON.readTree(message.toString()));
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.complete(LOST);
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    assertThat(frames).noneMatch(frame -> frame.get("type").asString().equals("error"));
  }

  private void send(Map<String, ?> frame) {
    socket
        .sendText(JSON.writeValueAsString(frame), true)
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static boolean is(JsonNode frame, String type, String ref) {
    return frame.get("type").asString().equals(type) && frame.get("ref").asString().equals(ref);
  }

  private static Predicate<JsonNode> of(String task) {
    return node -> node.get("task_id").asString().equals(task);
  }

  private static int seq(JsonNode node) {
    return node.get("seq").asInt();
  }
}
