package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Subject;

/**
 * Follows all tasks that match a filter. One thread calls all methods, which must not block. First
 * comes {@link #snapshot} or {@link #failed}.
 */
public interface FilterListener {
  /**
   * The current tasks. A further snapshot replaces everything that was told before, because events
   * may have been missed.
   */
  void snapshot(Snapshot current);

  /** The next event of a task that matches, or that matched until this event. */
  void event(Subject subject, Encoded event);

  void progress(Subject subject, Encoded progress);

  /** The tasks could not be read, and nothing more is told. */
  void failed(RuntimeException failure);
}
