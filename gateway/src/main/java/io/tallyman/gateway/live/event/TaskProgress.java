package io.tallyman.gateway.live.event;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a running attempt, as billing-service publishes it.
 *
 * @param task the name of the task's type
 * @param submittedBy the id of the user who submitted the task; null if unknown
 * @param createdAt when the task was created
 * @param progress as in the task
 */
@Serdeable
public record TaskProgress(
    UUID taskId,
    String task,
    @Nullable Long submittedBy,
    Instant createdAt,
    int attempt,
    JsonNode progress) {
  public Subject subject() {
    return new Subject(taskId, task, submittedBy, createdAt);
  }
}
