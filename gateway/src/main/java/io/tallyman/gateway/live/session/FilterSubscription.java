package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.FilterListener;
import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.TaskFilter;
import java.util.List;

/** Follows all tasks that match a filter. None of them is missing. */
final class FilterSubscription extends Subscription implements FilterListener {
  private final TaskFilter filter;
  private final LiveEvents events;

  FilterSubscription(TaskFilter filter, LiveEvents events, Delivery delivery) {
    super(delivery);
    this.filter = filter;
    this.events = events;
  }

  @Override
  public void snapshot(Snapshot current) {
    delivery.snapshot(current);
    started.complete(List.of());
  }

  @Override
  void unfollow() {
    events.unfollow(filter, this);
  }
}
