package io.tallyman.gateway.live.event;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.TaskStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of a task's status, as clients see it.
 *
 * @param matches false if the task no longer matches the filter of the subscription
 * @param task null unless this is its last event
 */
@Serdeable
record LiveEvent(
    String type,
    UUID taskId,
    int seq,
    Instant at,
    TaskStatus status,
    int attempt,
    @Nullable String workerId,
    @Nullable String reason,
    boolean matches,
    @Nullable LinkedTask task) {

  static LiveEvent of(UUID id, TaskEvent event, boolean matches, @Nullable LinkedTask task) {
    return new LiveEvent(
        type(event.status()),
        id,
        event.seq(),
        event.at(),
        event.status(),
        event.attempt(),
        event.workerId(),
        event.reason(),
        matches,
        task);
  }

  static String type(TaskStatus status) {
    return switch (status) {
      case PENDING -> "task.pending";
      case STARTED -> "task.started";
      case RETRY -> "task.retry";
      case SUCCESS -> "task.succeeded";
      case FAILURE -> "task.failed";
      case REVOKED -> "task.revoked";
    };
  }
}
