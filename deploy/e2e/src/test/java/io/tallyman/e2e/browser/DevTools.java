package io.tallyman.e2e.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection of the Chrome DevTools Protocol. */
final class DevTools implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PATIENCE_SECONDS = 60;

  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final WebSocket socket;

  /**
   * @param onEvent gets the method and the parameters of each event; it must not call this object
   */
  DevTools(HttpClient http, URI address, BiConsumer<String, JsonNode> onEvent) {
    this.socket = http.newWebSocketBuilder().buildAsync(address, new Reader(onEvent)).join();
  }

  /** Calls a method, and returns its result. */
  JsonNode call(String method, Map<String, ?> parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, true).join();
    JsonNode told = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (told.has("error")) {
      throw new AssertionError(method + ": " + told.get("error"));
    }
    return told.get("result");
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Reader implements WebSocket.Listener {
    private final BiConsumer<String, JsonNode> onEvent;
    private final StringBuilder text = new StringBuilder();

    Reader(BiConsumer<String, JsonNode> onEvent) {
      this.onEvent = onEvent;
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        if (message.has("id")) {
          CompletableFuture<JsonNode> answer = answers.remove(message.get("id").asInt());
          if (answer != null) {
            answer.complete(message);
          }
        } else {
          onEvent.accept(message.get("method").asString(), message.get("params"));
        }
      }
      webSocket.request(1);
      return null;
    }
  }
}
