package io.tallyman.gateway.live.event;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;

/**
 * The progress of a running attempt, as billing-service publishes it.
 *
 * @param task the name of the task's type
 * @param createdAt when the task was created
 * @param progress as in the task
 */
@Serdeable
public record TaskProgress(
    UUID taskId, String task, Instant createdAt, int attempt, JsonNode progress) {
  public Subject subject() {
    return new Subject(taskId, task, createdAt);
  }
}
