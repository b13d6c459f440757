package io.tallyman.gateway.stats;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * @param data all live workers, sorted by id
 */
@Serdeable
record LiveWorkers(List<LiveWorker> data) {
  /**
   * @param slots the number of attempts that it can run at once
   * @param freeSlots the number of slots that were free at its last report
   * @param running its running attempts, the oldest first
   */
  @Serdeable
  record LiveWorker(
      String id, int slots, int freeSlots, List<RunningAttempt> running, Instant seenAt) {}

  @Serdeable
  record RunningAttempt(UUID taskId, String task, int attempt, Instant since) {}
}
