package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.Snapshot;

/**
 * Follows all tasks that match a filter. First comes {@link #snapshot} or {@link #failed}. An event
 * is that of a task that matches, or that matched until this event.
 */
public interface FilterListener extends LiveListener {
  /**
   * The current tasks. A further snapshot replaces everything that was told before, because events
   * may have been missed.
   */
  void snapshot(Snapshot current);
}
