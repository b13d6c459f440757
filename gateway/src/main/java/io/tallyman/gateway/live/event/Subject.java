package io.tallyman.gateway.live.event;

import io.tallyman.gateway.task.Task;
import java.time.Instant;
import java.util.UUID;

/**
 * The fields of a task that never change. They decide who may see it and which filters it matches.
 *
 * @param task the name of its type
 */
public record Subject(UUID taskId, String task, Instant createdAt) {
  public static Subject of(Task task) {
    return new Subject(task.taskId(), task.task(), task.createdAt());
  }
}
