package io.tallyman.billing.dispatch;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The queue through which tasks are offered to workers. Used by one thread. */
public interface DispatchQueue {
  /** Whether the broker takes messages now: it is connected, and not short of memory or disk. */
  boolean isReady();

  /**
   * Publishes messages and waits until the broker confirms them.
   *
   * @return the ids of the tasks whose messages the broker did not confirm; the broker may have
   *     some of these messages all the same
   */
  Set<UUID> publish(List<Dispatch> dispatches);
}
