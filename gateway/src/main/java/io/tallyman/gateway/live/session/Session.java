package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.event.TaskFilter;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one client follows, and what waits to be sent to it. Thread-safe. */
public final class Session {
  private final Viewer viewer;
  private final Transport transport;
  private final Outbox outbox;
  private final LiveEvents events;
  private final Visibility visibility;
  private final Limits limits;
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private boolean closed;

  Session(
      Viewer viewer,
      Transport transport,
      Outbox outbox,
      LiveEvents events,
      Visibility visibility,
      Limits limits) {
    this.viewer = viewer;
    this.transport = transport;
    this.outbox = outbox;
    this.events = events;
    this.visibility = visibility;
    this.limits = limits;
  }

  /** Whether {@link #follow} failed because the session has ended. */
  public static boolean hasEnded(Throwable failure) {
    return failure instanceof CancellationException
        || failure.getCause() instanceof CancellationException;
  }

  public Viewer viewer() {
    return viewer;
  }

  /**
   * Follows tasks. First comes a snapshot of the tasks that are not resumed, then events.
   *
   * @param ref names the subscription
   * @param resumeFrom the last event of tasks that the client has
   * @return completes after the snapshot, with the tasks that do not exist or may not be seen.
   *     Fails if billing-service does not answer; then there is no subscription.
   * @throws CancellationException if the session has ended; the result fails with it if it ends
   */
  public CompletableFuture<List<UUID>> follow(
      String ref, List<UUID> ids, Map<UUID, Integer> resumeFrom) {
    limits.reserveTasks(ids.size());
    TaskSubscription subscription = new TaskSubscription(ids, events, delivery(ref));
    try {
      add(ref, subscription);
    } catch (RuntimeException refusal) {
      limits.releaseTasks(ids.size());
      throw refusal;
    }
    events.follow(ids, resumeFrom, subscription);
    return startedOrRemoved(ref, subscription);
  }

  /**
   * Follows all tasks that match a filter. First comes a snapshot, then events.
   *
   * @param ref names the subscription
   * @return completes after the snapshot. Fails if billing-service rejects the filter or does not
   *     answer; then there is no subscription.
   * @throws CancellationException if the session has ended; the result fails with it if it ends
   */
  public CompletableFuture<List<UUID>> follow(String ref, TaskFilter wanted) {
    TaskFilter filter = visibility.visible(viewer, wanted);
    FilterSubscription subscription = new FilterSubscription(filter, events, delivery(ref));
    add(ref, subscription);
    events.follow(filter, subscription);
    return startedOrRemoved(ref, subscription);
  }

  /**
   * Ends a subscription. No frame of it is sent after this call.
   *
   * @return false if there is none
   */
  public boolean unfollow(String ref) {
    Subscription ended;
    synchronized (this) {
      ended = subscriptions.remove(ref);
    }
    end(ended);
    return ended != null;
  }

  public void send(Frame frame) {
    outbox.offer(frame);
  }

  public void close(Close reason) {
    outbox.close(reason);
    end();
  }

  /** The connection is gone. */
  void abandon() {
    outbox.abandon();
    end();
  }

  void tick() {
    if (viewer.mustLeave()) {
      close(Close.LOGIN_ENDED);
      return;
    }
    transport.tick(outbox.idleNanos()).ifPresent(outbox::offer);
  }

  private Delivery delivery(String ref) {
    return new Delivery(ref, viewer, visibility, transport, outbox);
  }

  private synchronized void add(String ref, Subscription subscription) {
    if (subscriptions.containsKey(ref)) {
      throw new InvalidFields(
          List.of(new FieldError("/ref", "is the ref of another subscription; choose a new one")));
    }
    if (subscriptions.size() >= limits.maxSubscriptions()) {
      throw TooManySubscriptions.ofSession(limits.maxSubscriptions());
    }
    if (closed) {
      throw new CancellationException("The session has ended");
    }
    subscriptions.put(ref, subscription);
  }

  private CompletableFuture<List<UUID>> startedOrRemoved(String ref, Subscription subscription) {
    if (subscription.started().isCancelled()) {
      // The session ended before the events were asked for, and could not take back that request.
      subscription.unfollow();
    }
    return subscription
        .started()
        .whenComplete(
            (_, failure) -> {
              boolean removed;
              synchronized (this) {
                removed = failure != null && subscriptions.remove(ref, subscription);
              }
              if (removed) {
                end(subscription);
              }
            });
  }

  private void end() {
    List<Subscription> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(subscriptions.values());
      subscriptions.clear();
    }
    all.forEach(this::end);
  }

  private void end(@Nullable Subscription ended) {
    if (ended != null) {
      ended.end();
    }
    if (ended instanceof TaskSubscription tasks) {
      limits.releaseTasks(tasks.size());
    }
  }
}
