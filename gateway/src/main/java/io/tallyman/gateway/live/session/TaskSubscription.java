package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.TaskListener;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Subject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Follows certain tasks. */
final class TaskSubscription extends Subscription implements TaskListener {
  private final List<UUID> ids;
  private final LiveEvents events;

  TaskSubscription(List<UUID> ids, LiveEvents events, Delivery delivery) {
    super(delivery);
    this.ids = ids;
    this.events = events;
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
  void unfollow() {
    events.unfollow(ids, this);
  }
}
