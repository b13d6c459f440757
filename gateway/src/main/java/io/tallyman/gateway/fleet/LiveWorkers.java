package io.tallyman.gateway.fleet;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * @param data all workers that are alive, by their ids
 */
@Serdeable
record LiveWorkers(List<LiveWorker> data) {
  /**
   * @param slots how many attempts it runs at once
   * @param freeSlots how many of them waited for work when it was seen
   * @param running its attempts, the oldest first
   */
  @Serdeable
  record LiveWorker(
      String id, int slots, int freeSlots, List<RunningAttempt> running, Instant seenAt) {}

  @Serdeable
  record RunningAttempt(UUID taskId, String task, int attempt, Instant since) {}
}
