package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.event.Subject;

/**
 * Decides which tasks a client may follow. It is asked when a task is subscribed to, and again for
 * each event, because the answer may change.
 */
public interface Visibility {
  boolean sees(Viewer viewer, Subject task);
}
