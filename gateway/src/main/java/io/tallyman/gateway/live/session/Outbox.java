package io.tallyman.gateway.live.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be sent to a client, in order, up to a number of bytes. One frame is
 * being sent at a time. Progress waits behind all other frames, and only the latest of each task is
 * kept. A client that is too slow loses its session, never an event. Thread-safe.
 */
final class Outbox {
  private final Transport transport;
  private final OutboxBudget budget;
  private final int most;

  private final Deque<Frame> frames = new ArrayDeque<>();
  private final SequencedMap<Key, Frame> progress = new LinkedHashMap<>();
  private long bytes;
  private boolean sending;
  private boolean closed;
  private long sentAt = System.nanoTime();

  Outbox(Transport transport, OutboxBudget budget, int most) {
    this.transport = transport;
    this.budget = budget;
    this.most = most;
    budget.add(this);
  }

  /** The progress of a task in a subscription. */
  record Key(String ref, UUID task) {}

  void offer(Frame frame) {
    if (put(frame)) {
      close(Close.TOO_SLOW);
    } else {
      send();
    }
    budget.enforce();
  }

  /** Replaces earlier progress that was not sent. */
  void offerProgress(Key key, Frame frame) {
    synchronized (this) {
      if (closed) {
        return;
      }
      count(frame.size());
      Frame earlier = progress.put(key, frame);
      if (earlier != null) {
        count(-earlier.size());
      }
      if (bytes > most) {
        dropProgress();
      }
    }
    send();
    budget.enforce();
  }

  /** Drops progress that is out of date. */
  synchronized void forgetProgress(Key key) {
    Frame earlier = progress.remove(key);
    if (earlier != null) {
      count(-earlier.size());
    }
  }

  /** Drops the progress of a subscription that has ended. */
  synchronized void forgetProgress(String ref) {
    Iterator<Map.Entry<Key, Frame>> entries = progress.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Key, Frame> entry = entries.next();
      if (entry.getKey().ref().equals(ref)) {
        count(-entry.getValue().size());
        entries.remove();
      }
    }
  }

  /** Closes the connection, and drops what was not sent. */
  void close(Close reason) {
    if (discard()) {
      transport.close(reason);
    }
  }

  /** The connection is gone. */
  void abandon() {
    discard();
  }

  synchronized long bytes() {
    return bytes;
  }

  /** How long nothing was sent, if the client can take more; otherwise 0. */
  synchronized long idleNanos() {
    return sending || closed ? 0 : System.nanoTime() - sentAt;
  }

  /** Whether the frame does not fit. */
  private synchronized boolean put(Frame frame) {
    if (closed) {
      return false;
    }
    if (bytes + frame.size() > most) {
      dropProgress();
    }
    if (bytes + frame.size() > most && !frames.isEmpty()) {
      return true;
    }
    frames.add(frame);
    count(frame.size());
    return false;
  }

  private synchronized boolean discard() {
    if (closed) {
      return false;
    }
    closed = true;
    frames.clear();
    progress.clear();
    count((int) -bytes);
    budget.remove(this);
    return true;
  }

  private void send() {
    Frame next = next();
    while (next != null) {
      CompletionStage<?> sent = transport.send(next);
      int size = next.size();
      if (!sent.toCompletableFuture().isDone()) {
        var _ =
            sent.whenComplete(
                (_, failure) -> {
                  sent(size, failure != null);
                  send();
                });
        return;
      }
      sent(size, sent.toCompletableFuture().isCompletedExceptionally());
      next = next();
    }
  }

  private synchronized @Nullable Frame next() {
    if (sending || closed) {
      return null;
    }
    Frame next = frames.poll();
    if (next == null && !progress.isEmpty()) {
      next = progress.pollFirstEntry().getValue();
    }
    sending = next != null;
    return next;
  }

  private void sent(int size, boolean failed) {
    synchronized (this) {
      sending = false;
      sentAt = System.nanoTime();
      if (!closed) {
        count(-size);
      }
    }
    if (failed) {
      close(Close.FAILED);
    }
  }

  private void dropProgress() {
    progress.values().forEach(frame -> count(-frame.size()));
    progress.clear();
  }

  private void count(int change) {
    bytes += change;
    budget.reserve(change);
  }
}
