package io.tallyman.gateway.live.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.JsonEncoder;
import io.tallyman.gateway.live.session.Close;
import io.tallyman.gateway.live.session.Frame;
import io.tallyman.gateway.live.session.Transport;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket. Only the connection, which is Netty's, can be closed while the client reads nothing;
 * the framework's session cannot.
 */
final class SocketTransport implements Transport {
  private static final int CLOSE_SECONDS = 5;

  /** After a longer time between two ticks, this process was paused, and could hear nobody. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final byte[] PING = new byte[0];
  private static final byte[] END = bytes("}");

  private final WebSocketSession socket;
  private final Channel channel;
  private final JsonEncoder encoder;
  private final long pingNanos;
  private volatile long heardAt = System.nanoTime();
  private long pingedAt = heardAt;
  private long tickedAt = System.nanoTime();

  SocketTransport(
      WebSocketSession socket, Channel channel, JsonEncoder encoder, Duration pingInterval) {
    this.socket = socket;
    this.channel = channel;
    this.encoder = encoder;
    this.pingNanos = pingInterval.toNanos();
  }

  /** Something came from the client. */
  void heard() {
    heardAt = System.nanoTime();
  }

  @Override
  public CompletionStage<?> send(Frame frame) {
    try {
      return socket.sendAsync(
          new TextWebSocketFrame(Unpooled.wrappedBuffer(frame.parts().toArray(byte[][]::new))));
    } catch (WebSocketSessionException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  /**
   * Sends the reason. The connection ends when the client answers, or after {@value #CLOSE_SECONDS}
   * seconds. If it ended at once, frames that still come would reset it, and the client would lose
   * the reason.
   */
  @Override
  public void close(Close reason) {
    var _ = channel.writeAndFlush(new CloseWebSocketFrame(reason.code(), reason.reason()));
    Runnable end =
        () -> {
          var _ = channel.close();
        };
    var _ = channel.eventLoop().schedule(end, CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Optional<Frame> tick(long idleNanos) {
    long now = System.nanoTime();
    if (now - tickedAt > PAUSE_NANOS) {
      heard();
    }
    tickedAt = now;
    if (now - pingedAt <= pingNanos) {
      return Optional.empty();
    }
    if (pingedAt - heardAt > 0) {
      close(Close.SILENT);
      return Optional.empty();
    }
    pingedAt = now;
    if (socket.isWritable()) {
      ping();
    }
    return Optional.empty();
  }

  @Override
  public Frame snapshot(String ref, byte[] snapshot) {
    // The fields of the snapshot follow those of the frame.
    return Frame.of(
        bytes("{\"type\":\"snapshot\",\"ref\":"), encoder.encode(ref), bytes(","), rest(snapshot));
  }

  @Override
  public Frame event(String ref, Encoded event) {
    return frame("event", ref, event);
  }

  @Override
  public Frame progress(String ref, Encoded progress) {
    return frame("progress", ref, progress);
  }

  private Frame frame(String type, String ref, Encoded event) {
    return Frame.of(
        bytes("{\"type\":\"" + type + "\",\"ref\":"),
        encoder.encode(ref),
        bytes(",\"event\":"),
        event.json(),
        END);
  }

  private void ping() {
    try {
      var _ = socket.sendPingAsync(PING);
    } catch (WebSocketSessionException closed) {
      var _ = channel.close();
    }
  }

  private static byte[] rest(byte[] object) {
    return Arrays.copyOfRange(object, 1, object.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
