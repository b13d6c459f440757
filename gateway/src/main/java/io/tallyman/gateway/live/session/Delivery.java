package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Subject;

/**
 * Puts the frames of a subscription into the outbox, until the subscription ends. It leaves out
 * what the viewer may not see. Thread-safe.
 */
final class Delivery {
  private final String ref;
  private final Viewer viewer;
  private final Visibility visibility;
  private final Transport transport;
  private final Outbox outbox;
  private boolean ended;

  Delivery(String ref, Viewer viewer, Visibility visibility, Transport transport, Outbox outbox) {
    this.ref = ref;
    this.viewer = viewer;
    this.visibility = visibility;
    this.transport = transport;
    this.outbox = outbox;
  }

  boolean sees(Subject task) {
    return visibility.sees(viewer, task);
  }

  synchronized void snapshot(Snapshot current) {
    if (!ended) {
      outbox.offer(transport.snapshot(ref, current.json(this::sees)));
    }
  }

  synchronized void event(Subject task, Encoded event) {
    if (!ended && sees(task)) {
      outbox.forgetProgress(new Outbox.Key(ref, task.taskId()));
      outbox.offer(transport.event(ref, event));
    }
  }

  synchronized void progress(Subject task, Encoded progress) {
    if (!ended && sees(task)) {
      outbox.offerProgress(new Outbox.Key(ref, task.taskId()), transport.progress(ref, progress));
    }
  }

  synchronized void end() {
    ended = true;
    outbox.forgetProgress(ref);
  }
}
