package io.tallyman.gateway.live.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallyman.gateway.live.event.Encoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes a frame, and the next one only after it was read. */
final class SlowClient implements Transport {
  final List<String> got = new ArrayList<>();
  private CompletableFuture<Void> reading = new CompletableFuture<>();
  @Nullable Close closed;

  void read() {
    reading.complete(null);
  }

  void fail() {
    reading.completeExceptionally(new IllegalStateException("gone"));
  }

  @Override
  public CompletionStage<?> send(Frame frame) {
    got.add(new String(frame.parts().getFirst(), UTF_8));
    reading = new CompletableFuture<>();
    return reading;
  }

  @Override
  public void close(Close reason) {
    closed = reason;
  }

  @Override
  public Optional<Frame> tick(long idleNanos) {
    return Optional.empty();
  }

  @Override
  public Frame snapshot(String ref, byte[] snapshot) {
    return Frame.of(snapshot);
  }

  @Override
  public Frame event(String ref, Encoded event) {
    return Frame.of(event.json());
  }

  @Override
  public Frame progress(String ref, Encoded progress) {
    return Frame.of(progress.json());
  }
}
