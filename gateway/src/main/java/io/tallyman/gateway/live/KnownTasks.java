package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.TaskEvent;
import io.tallyman.gateway.task.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last event of each task that followers of filters have been told. The tasks whose last event
 * was told longest ago are forgotten. Used by one thread.
 */
final class KnownTasks {
  private static final int MOST = 50_000;

  private final Map<UUID, Known> tasks = new LinkedHashMap<>();
  private Instant told = Instant.MIN;

  record Known(int seq, TaskStatus status, int attempt, Instant at) {}

  /** Forgets everything. Events until this time count as told. */
  void restart(Instant now) {
    tasks.clear();
    told = now;
  }

  @Nullable Known get(UUID task) {
    return tasks.get(task);
  }

  /**
   * Whether an event is news.
   *
   * @param hinted the first event of the task that a hint has named
   */
  boolean isNew(UUID task, TaskEvent event, int hinted) {
    Known known = tasks.get(task);
    return known == null
        ? event.seq() >= hinted || event.at().isAfter(told)
        : event.seq() > known.seq();
  }

  void put(UUID task, TaskEvent event) {
    Known before = tasks.get(task);
    if (before != null && before.seq() >= event.seq()) {
      return;
    }
    tasks.remove(task);
    tasks.put(task, new Known(event.seq(), event.status(), event.attempt(), event.at()));
    if (tasks.size() > MOST) {
      Map.Entry<UUID, Known> eldest = tasks.entrySet().iterator().next();
      if (eldest.getValue().at().isAfter(told)) {
        told = eldest.getValue().at();
      }
      tasks.remove(eldest.getKey());
    }
  }
}
