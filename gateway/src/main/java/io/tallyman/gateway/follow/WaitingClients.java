package io.tallyman.gateway.follow;

import io.tallyman.gateway.task.Task;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who waits for which task, up to a number. Any thread may ask and change it. */
final class WaitingClients {
  private final int most;
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentMap<UUID, Set<Waiter>> byTask = new ConcurrentHashMap<>();

  WaitingClients(int most) {
    this.most = most;
  }

  static final class Waiter {
    final UUID task;
    final CompletableFuture<Task> answer = new CompletableFuture<>();

    /** Whether its time is over: then it takes the task as it is. */
    volatile boolean expired;

    Waiter(UUID task) {
      this.task = task;
    }
  }

  /** Returns whether there was room. */
  boolean add(Waiter waiter) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return false;
    }
    byTask.compute(
        waiter.task,
        (_, others) -> {
          Set<Waiter> waiters = others == null ? ConcurrentHashMap.newKeySet() : others;
          waiters.add(waiter);
          return waiters;
        });
    return true;
  }

  /** To be called once for each that was added. */
  void remove(Waiter waiter) {
    count.decrementAndGet();
    byTask.computeIfPresent(
        waiter.task,
        (_, waiters) -> {
          waiters.remove(waiter);
          return waiters.isEmpty() ? null : waiters;
        });
  }

  int count() {
    return count.get();
  }

  /** The tasks that somebody waits for at this moment; it changes with them. */
  Set<UUID> tasks() {
    return byTask.keySet();
  }

  List<Waiter> all() {
    return byTask.values().stream().flatMap(Set::stream).toList();
  }

  List<Waiter> of(UUID task) {
    return List.copyOf(byTask.getOrDefault(task, Set.of()));
  }
}
