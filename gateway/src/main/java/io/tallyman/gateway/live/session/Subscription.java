package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.LiveListener;
import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Subject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Something that a session follows. */
abstract sealed class Subscription implements LiveListener
    permits TaskSubscription, FilterSubscription {
  final Delivery delivery;
  final CompletableFuture<List<UUID>> started = new CompletableFuture<>();

  Subscription(Delivery delivery) {
    this.delivery = delivery;
  }

  /** Completes after the first snapshot, with the tasks that do not exist or may not be seen. */
  CompletableFuture<List<UUID>> started() {
    return started;
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

  /** Ends it. No frame of it is sent after this call. */
  void end() {
    delivery.end();
    started.cancel(false);
    unfollow();
  }

  abstract void unfollow();
}
