package io.tallyman.gateway.follow;

import io.tallyman.gateway.task.Task;
import io.tallyman.kit.security.LatestUsed;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tasks that have ended last: a task may end before the request that submitted it begins to
 * wait. Thread-safe.
 */
final class EndedTasks {
  private static final int MOST = 500;

  private final Map<String, Task> byId = new LatestUsed<>(MOST);

  synchronized void add(Task task) {
    byId.put(task.taskId().toString(), task);
  }

  synchronized Optional<Task> find(UUID id) {
    return Optional.ofNullable(byId.get(id.toString()));
  }
}
