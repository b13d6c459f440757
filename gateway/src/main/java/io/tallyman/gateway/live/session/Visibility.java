package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskFilter;

/**
 * Decides which tasks a client may follow. It is asked when a task is subscribed to, and again for
 * each event, because the answer may change.
 */
public interface Visibility {
  boolean sees(Viewer viewer, Subject task);

  /**
   * A filter that matches those tasks of another filter which the client may see, and perhaps
   * others. It keeps the client's snapshot from being filled with tasks that are then left out.
   */
  default TaskFilter visible(Viewer viewer, TaskFilter filter) {
    return filter;
  }
}
