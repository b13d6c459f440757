package io.tallyman.billing.group;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Tasks that were submitted together.
 *
 * @param status PENDING until the first task starts, STARTED until all tasks have ended, then
 *     SUCCESS if all succeeded, else FAILURE
 * @param counts the number of tasks for each status, including zeros
 * @param tasks in the order of submission
 */
@Serdeable
record TaskGroup(
    UUID groupId,
    TaskStatus status,
    Map<TaskStatus, Integer> counts,
    Instant createdAt,
    List<Task> tasks) {

  /**
   * @param tasks must not be empty
   */
  static TaskGroup of(UUID id, List<Task> tasks) {
    return new TaskGroup(
        id, status(tasks), counts(tasks), tasks.getFirst().createdAt(), List.copyOf(tasks));
  }

  private static TaskStatus status(List<Task> tasks) {
    if (tasks.stream().allMatch(task -> task.status() == TaskStatus.SUCCESS)) {
      return TaskStatus.SUCCESS;
    }
    if (tasks.stream().map(Task::dateDone).allMatch(Objects::nonNull)) {
      return TaskStatus.FAILURE;
    }
    boolean started = tasks.stream().map(Task::startedAt).anyMatch(Objects::nonNull);
    return started ? TaskStatus.STARTED : TaskStatus.PENDING;
  }

  private static Map<TaskStatus, Integer> counts(List<Task> tasks) {
    Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
    for (TaskStatus status : TaskStatus.values()) {
      counts.put(status, 0);
    }
    tasks.forEach(task -> counts.merge(task.status(), 1, Integer::sum));
    return counts;
  }
}
