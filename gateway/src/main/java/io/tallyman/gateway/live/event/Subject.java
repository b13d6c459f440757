package io.tallyman.gateway.live.event;

import io.tallyman.gateway.task.Task;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a task that never change. They decide who may see it and which filters it matches.
 *
 * @param task the name of its type
 * @param submittedBy the id of the user who submitted it; null if unknown
 */
public record Subject(UUID taskId, String task, @Nullable Long submittedBy, Instant createdAt) {
  public static Subject of(Task task) {
    return new Subject(task.taskId(), task.task(), task.submittedBy(), task.createdAt());
  }
}
