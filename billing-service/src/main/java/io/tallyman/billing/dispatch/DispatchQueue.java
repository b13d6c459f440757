package io.tallyman.billing.dispatch;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The queue through which tasks are offered to workers. Used by one thread. */
public interface DispatchQueue {
  /** Whether the broker accepts messages now: it is connected and has enough memory and disk. */
  boolean isReady();

  /**
   * Publishes messages and waits until the broker confirms them.
   *
   * @return the ids of the tasks whose messages the broker did not confirm; the broker may have
   *     some of these messages nevertheless
   */
  Set<UUID> publish(List<Dispatch> dispatches);
}
