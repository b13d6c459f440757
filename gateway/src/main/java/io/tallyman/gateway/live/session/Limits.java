package io.tallyman.gateway.live.session;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts sessions and followed tasks. Thread-safe. */
@Singleton
final class Limits {
  private final LiveConfiguration configuration;
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger tasks = new AtomicInteger();
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

  Limits(LiveConfiguration configuration) {
    this.configuration = configuration;
  }

  int maxSubscriptions() {
    return configuration.maxSubscriptions();
  }

  /**
   * @throws TooManySessions if a limit is reached
   */
  void addSession(String address) {
    boolean tooMany = sessions.incrementAndGet() > configuration.maxSessions();
    int fromThere = byAddress.merge(address, 1, Integer::sum);
    if (tooMany || fromThere > configuration.maxSessionsPerAddress()) {
      removeSession(address);
      throw new TooManySessions();
    }
  }

  void removeSession(String address) {
    sessions.decrementAndGet();
    byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  /**
   * @throws TooManySubscriptions if the limit is reached
   */
  void reserveTasks(int count) {
    if (tasks.addAndGet(count) > configuration.maxFollowedTasks()) {
      releaseTasks(count);
      throw TooManySubscriptions.ofAll();
    }
  }

  void releaseTasks(int count) {
    tasks.addAndGet(-count);
  }
}
