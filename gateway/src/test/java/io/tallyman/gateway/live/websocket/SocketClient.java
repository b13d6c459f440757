package io.tallyman.gateway.live.websocket;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.gateway.access.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A client of the WebSocket. It sends the token of an admin, unless it has another one. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
  static final String AUTHORIZATION = "Authorization";

  private static final int PATIENCE = 30;

  private final JsonMapper json = JsonMapper.createDefault();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder message = new StringBuilder();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;

  SocketClient(EmbeddedServer gateway) {
    this(gateway, Map.of(AUTHORIZATION, Tokens.SHARED.bearer("admin")));
  }

  SocketClient(EmbeddedServer gateway, Map<String, String> headers) {
    WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols(Handshake.SUBPROTOCOL);
    headers.forEach(builder::header);
    this.socket =
        builder
            .buildAsync(URI.create("ws://127.0.0.1:" + gateway.getPort() + "/ws/tasks"), this)
            .orTimeout(PATIENCE, SECONDS)
            .join();
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  void send(String text) {
    socket.sendText(text, true).orTimeout(PATIENCE, SECONDS).join();
  }

  void sendPart(String text) {
    socket.sendText(text, false).orTimeout(PATIENCE, SECONDS).join();
  }

  void sendBinary() {
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).orTimeout(PATIENCE, SECONDS).join();
  }

  /** The next frame, which must come soon. */
  JsonNode next() {
    try {
      String text = received.poll(PATIENCE, SECONDS);
      assertThat(text).as("a frame").isNotNull();
      return requireNonNull(json.readValue(requireNonNull(text), JsonNode.class));
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  /** The next frame, which must have this type. */
  JsonNode next(String type) {
    JsonNode frame = next();
    assertThat(text(frame, "type")).as(frame.toString()).isEqualTo(type);
    return frame;
  }

  /** Fails if anything came before the reply to a ping. */
  void assertNothingMore() {
    send("{\"type\": \"ping\", \"ref\": \"nothing-more\"}");
    assertThat(text(next("pong"), "ref")).isEqualTo("nothing-more");
  }

  int closeCode() {
    return closed.orTimeout(PATIENCE, SECONDS).join();
  }

  /** The value of a field as text; {@code "null"} if it is null. */
  static String text(JsonNode frame, String... path) {
    JsonNode node = frame;
    for (String name : path) {
      node = requireNonNull(node.get(name), name);
    }
    return node.isNull() ? "null" : node.coerceStringValue();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      received.add(message.toString());
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
    closed.completeExceptionally(failure);
  }

  /** Closes the connection without a word. */
  void leave() {
    socket.abort();
  }

  @Override
  public void close() {
    leave();
    http.close();
  }
}
