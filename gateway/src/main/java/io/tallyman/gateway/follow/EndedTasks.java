package io.tallyman.gateway.follow;

import io.tallyman.gateway.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tasks that have ended last: a task may end before the request that submitted it begins to
 * wait. Thread-safe.
 */
final class EndedTasks {
  private static final int MOST = 500;

  private final Map<UUID, Task> byId =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Task> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(Task task) {
    byId.put(task.taskId(), task);
  }

  synchronized Optional<Task> find(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }
}
