package io.tallyman.billing.state;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.kit.security.LatestUsed;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The types and parameters, which never change, of the tasks that this instance has given to
 * workers last. So it need not read them again when the attempts end. Thread-safe.
 */
@Singleton
public final class KnownTasks {
  /** More than most installations run at once. */
  private static final int MOST = 2_000;

  private final Map<String, Known> byId = new LatestUsed<>(MOST);

  public record Known(String type, JsonNode parameters) {}

  public synchronized void add(Task task) {
    byId.put(task.taskId().toString(), new Known(task.task(), task.parameters()));
  }

  public synchronized Optional<Known> find(UUID id) {
    return Optional.ofNullable(byId.get(id.toString()));
  }
}
