package io.tallyman.gateway.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Who follows which task. Used by one thread. */
final class Followers {
  private final Map<UUID, List<FollowedTask>> byTask = new HashMap<>();

  void add(FollowedTask task) {
    byTask.computeIfAbsent(task.id(), _ -> new ArrayList<>(1)).add(task);
  }

  void remove(UUID id, Predicate<FollowedTask> which) {
    byTask.computeIfPresent(
        id,
        (_, following) -> {
          following.removeIf(which);
          return following.isEmpty() ? null : following;
        });
  }

  List<FollowedTask> of(UUID id) {
    return byTask.getOrDefault(id, List.of());
  }

  Set<UUID> tasks() {
    return byTask.keySet();
  }

  boolean isEmpty() {
    return byTask.isEmpty();
  }
}
