package io.tallyman.e2e.live;

import io.tallyman.e2e.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A WebSocket of the JDK that follows tasks. It reads the next frame when the previous one was
 * taken.
 */
final class LiveSocket implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LONGEST_HANDSHAKE = Duration.ofMinutes(1);

  /** The {@code ref} of the frames about the followed tasks. */
  static final String TASKS = "tasks";

  private final BlockingQueue<Received> queue;
  private final WebSocket socket;

  /** What the gateway sends: a frame, or the end of the connection with its reason. */
  sealed interface Received {}

  record Frame(JsonNode json) implements Received {}

  record Ended(String reason) implements Received {}

  private LiveSocket(BlockingQueue<Received> queue, WebSocket socket) {
    this.queue = queue;
    this.socket = socket;
  }

  /**
   * @throws java.util.concurrent.CompletionException if there is no connection
   */
  static LiveSocket open(HttpClient client, Gateway gateway) {
    BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .subprotocols(WebSocketWire.SUBPROTOCOL)
            .header("Authorization", gateway.authorization())
            .buildAsync(
                URI.create("ws://" + gateway.address().getAuthority() + "/ws/tasks"),
                new Listener(queue))
            .orTimeout(LONGEST_HANDSHAKE.toSeconds(), TimeUnit.SECONDS)
            .join();
    return new LiveSocket(queue, socket);
  }

  /**
   * @param resumeFrom the last {@code seq} that the client has of each task
   */
  void follow(Map<String, Integer> resumeFrom) {
    Map<String, ?> frame =
        Map.of(
            "type",
            "subscribe",
            "ref",
            TASKS,
            "task_ids",
            resumeFrom.keySet(),
            "resume_from",
            resumeFrom);
    socket.sendText(JSON.writeValueAsString(frame), true).join();
  }

  /** Follows all tasks, with another {@code ref}. */
  void followAll() {
    socket.sendText("{\"type\": \"subscribe\", \"ref\": \"all\", \"filter\": {}}", true).join();
  }

  /** The next frame, or the end. A longer silence is an end too. */
  Received take(Duration longestSilence) {
    try {
      Received received = queue.poll(longestSilence.toMillis(), TimeUnit.MILLISECONDS);
      socket.request(1);
      return received == null ? new Ended("silence") : received;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private record Listener(BlockingQueue<Received> queue, StringBuilder part)
      implements WebSocket.Listener {
    private Listener(BlockingQueue<Received> queue) {
      this(queue, new StringBuilder());
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        queue.add(new Frame(JSON.readTree(part.toString())));
        part.setLength(0);
      } else {
        socket.request(1);
      }
      return null;
    }

    /** The JDK answers the ping. */
    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      queue.add(new Ended("closed " + code));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      queue.add(new Ended("connection lost"));
    }
  }
}
