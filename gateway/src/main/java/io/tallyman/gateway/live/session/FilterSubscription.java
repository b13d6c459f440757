package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.FilterListener;
import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskFilter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Follows all tasks that match a filter. */
final class FilterSubscription implements Subscription, FilterListener {
  private final TaskFilter filter;
  private final LiveEvents events;
  private final Delivery delivery;
  private final CompletableFuture<List<UUID>> started = new CompletableFuture<>();

  FilterSubscription(TaskFilter filter, LiveEvents events, Delivery delivery) {
    this.filter = filter;
    this.events = events;
    this.delivery = delivery;
  }

  /** Completes after the first snapshot, with an empty list. */
  CompletableFuture<List<UUID>> started() {
    return started;
  }

  @Override
  public void snapshot(Snapshot current) {
    delivery.snapshot(current);
    started.complete(List.of());
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
    events.unfollow(filter, this);
    started.cancel(false);
  }
}
