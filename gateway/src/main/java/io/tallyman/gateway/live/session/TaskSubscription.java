package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.TaskListener;
import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Subject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Follows certain tasks. */
final class TaskSubscription implements Subscription, TaskListener {
  private final List<UUID> ids;
  private final LiveEvents events;
  private final Delivery delivery;
  private final CompletableFuture<List<UUID>> started = new CompletableFuture<>();

  TaskSubscription(List<UUID> ids, LiveEvents events, Delivery delivery) {
    this.ids = ids;
    this.events = events;
    this.delivery = delivery;
  }

  /** Completes after the snapshot, with the tasks that do not exist or may not be seen. */
  CompletableFuture<List<UUID>> started() {
    return started;
  }

  int size() {
    return ids.size();
  }

  @Override
  public void started(Snapshot current, List<Subject> resumed, List<UUID> missing) {
    delivery.snapshot(current);
    Stream<UUID> hidden =
        Stream.concat(current.subjects().stream(), resumed.stream())
            .filter(task -> !delivery.sees(task))
            .map(Subject::taskId);
    started.complete(Stream.concat(missing.stream(), hidden).toList());
  }

  @Override
  public void event(Subject subject, Encoded event) {
    delivery.event(subject, event);
  }

  @Override
  public void progress(Subject subject, Encoded progress) {
    delivery.progress(subject, progress);
  }

  @Override
  public void failed(RuntimeException failure) {
    started.completeExceptionally(failure);
  }

  @Override
  public void end() {
    delivery.end();
    events.unfollow(ids, this);
    started.cancel(false);
  }
}
