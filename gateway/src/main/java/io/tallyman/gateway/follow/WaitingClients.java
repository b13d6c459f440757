package io.tallyman.gateway.follow;

import io.tallyman.gateway.task.Task;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The waiting requests of each task, up to a maximum number. Thread-safe. */
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

    /** Whether its time is over; then it is answered with the current state of the task. */
    volatile boolean expired;

    Waiter(UUID task) {
      this.task = task;
    }
  }

  /** Returns false if the maximum is reached. */
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

  /** Call it once for each waiter that was added. */
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

  /** The tasks that requests wait for now; a live view. */
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
