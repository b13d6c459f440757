package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Subject;
import java.util.List;
import java.util.UUID;

/** Follows certain tasks. First comes {@link #started} or {@link #failed}. */
public interface TaskListener extends LiveListener {
  /**
   * @param current the tasks whose state was wanted, not their earlier events
   * @param resumed the tasks whose events follow
   * @param missing the tasks that do not exist; nothing more is told of them
   */
  void started(Snapshot current, List<Subject> resumed, List<UUID> missing);
}
