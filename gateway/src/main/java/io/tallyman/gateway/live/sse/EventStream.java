package io.tallyman.gateway.live.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.Channel;
import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.session.Close;
import io.tallyman.gateway.live.session.Frame;
import io.tallyman.gateway.live.session.Transport;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** The body of an answer with server-sent events. Thread-safe. */
final class EventStream implements Transport {
  private static final int CLOSE_SECONDS = 5;
  private static final int SHORTEST_RETRY_MILLIS = 1_000;
  private static final int LONGEST_RETRY_MILLIS = 3_000;

  /** No empty line follows, because it would end an event, and some clients fail without data. */
  private static final Frame COMMENT = Frame.of(bytes(":\n"));

  private static final Frame NOTHING = Frame.of();
  private static final byte[] END = bytes("\n\n");

  private final @Nullable Channel channel;
  private final boolean ofOneTask;
  private final long commentNanos;
  private final Publisher<byte[]> body = Flux.create(this::attach);

  private @Nullable FluxSink<byte[]> sink;
  private @Nullable Frame waiting;
  private CompletableFuture<Void> sent = new CompletableFuture<>();
  private volatile @Nullable Frame last;
  private boolean closed;

  /**
   * @param channel the connection; null if it is not known
   * @param ofOneTask whether the stream ends with the last event of a task
   */
  EventStream(@Nullable Channel channel, boolean ofOneTask, Duration commentInterval) {
    this.channel = channel;
    this.ofOneTask = ofOneTask;
    this.commentNanos = commentInterval.toNanos();
  }

  /** May be subscribed to once. */
  Publisher<byte[]> body() {
    return body;
  }

  /**
   * The first frame: after how long clients connect again. They do not do so all at once. No empty
   * line follows, as with a comment.
   */
  static Frame retry() {
    int millis =
        ThreadLocalRandom.current().nextInt(SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS + 1);
    return Frame.of(bytes("retry: " + millis + "\n"));
  }

  @Override
  public CompletionStage<?> send(Frame frame) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedFuture(null);
      }
      waiting = frame;
      sent = result;
    }
    write();
    return result;
  }

  @Override
  public void close(Close reason) {
    finish();
    if (channel != null && reason == Close.TOO_SLOW) {
      // A client that reads nothing would never get the end of the stream.
      Runnable end =
          () -> {
            var _ = channel.close();
          };
      var _ = channel.eventLoop().schedule(end, CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public Optional<Frame> tick(long idleNanos) {
    return idleNanos > commentNanos ? Optional.of(COMMENT) : Optional.empty();
  }

  /** The stream of one task has no snapshot: it has all events. */
  @Override
  public Frame snapshot(String ref, byte[] snapshot) {
    return ofOneTask ? NOTHING : Frame.of(bytes("event: snapshot\ndata: "), snapshot, END);
  }

  @Override
  public Frame event(String ref, Encoded event) {
    Frame frame =
        Frame.of(
            bytes(
                (ofOneTask ? "id: " + event.seq() + '\n' : "")
                    + "event: "
                    + event.type()
                    + "\ndata: "),
            event.json(),
            END);
    if (ofOneTask && event.end()) {
      last = frame;
    }
    return frame;
  }

  @Override
  public Frame progress(String ref, Encoded progress) {
    return Frame.of(bytes("event: " + progress.type() + "\ndata: "), progress.json(), END);
  }

  private void attach(FluxSink<byte[]> to) {
    synchronized (this) {
      sink = to;
    }
    to.onRequest(_ -> write());
    write();
  }

  /** Writes the waiting frame, if the client can take it. */
  @SuppressWarnings("ReferenceEquality") // whether it is the last frame, not an equal one
  private void write() {
    CompletableFuture<Void> done;
    boolean end;
    synchronized (this) {
      Frame frame = waiting;
      FluxSink<byte[]> to = sink;
      if (to == null) {
        return;
      }
      if (closed) {
        to.complete();
        return;
      }
      if (frame == null || to.requestedFromDownstream() == 0) {
        return;
      }
      waiting = null;
      done = sent;
      end = frame == last;
      if (!frame.parts().isEmpty()) {
        to.next(join(frame));
      }
    }
    if (end) {
      finish();
    }
    done.complete(null);
  }

  private void finish() {
    synchronized (this) {
      closed = true;
    }
    write();
  }

  private static byte[] join(Frame frame) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frame.parts().forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
