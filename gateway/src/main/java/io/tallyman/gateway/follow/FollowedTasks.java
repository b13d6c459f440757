package io.tallyman.gateway.follow;

import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.scheduling.TaskExecutors;
import io.tallyman.gateway.follow.WaitingClients.Waiter;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskClient;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that long polls wait for. A waiting request holds a future, but no thread and no
 * connection to billing-service. Tasks are read in batches, one batch at a time, so that few reads
 * are enough even if many tasks change at once.
 */
@Singleton
public final class FollowedTasks implements GracefulShutdownCapable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedTasks.class);

  private final TaskBatchClient batches;
  private final Function<UUID, Task> look;
  private final ExecutorService executor;
  private final WaitingClients waiters;
  private final EndedTasks ended = new EndedTasks();

  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedSet<UUID> toRead = new LinkedHashSet<>();
  private boolean reading;
  private volatile boolean stopping;

  @Inject
  FollowedTasks(
      TaskBatchClient batches,
      TaskClient tasks,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor,
      LongPollConfiguration configuration) {
    this(batches, tasks::show, executor, configuration);
  }

  /**
   * @param look reads one task from billing-service
   */
  FollowedTasks(
      TaskBatchClient batches,
      Function<UUID, Task> look,
      ExecutorService executor,
      LongPollConfiguration configuration) {
    this.batches = batches;
    this.look = look;
    this.executor = executor;
    this.waiters = new WaitingClients(configuration.maxWaiting());
  }

  /**
   * Begins to wait for the end of a task. If the task ended some time before this call, nothing
   * reports it: read the task after this call, unless it is new. A caller that stops waiting
   * completes or cancels the future.
   *
   * @return the task when it has ended, or its current state when the time is over. The future
   *     fails if billing-service rejects the read or does not answer. Empty if too many requests
   *     are waiting already, or if this process stops.
   */
  public Optional<CompletableFuture<Task>> follow(UUID id, Duration patience) {
    Waiter waiter = new Waiter(id);
    if (stopping || !waiters.add(waiter)) {
      return Optional.empty();
    }
    CompletableFuture<Void> timer =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
    var _ = timer.thenRun(() -> expire(waiter));
    var _ =
        waiter.answer.whenComplete(
            (_, _) -> {
              timer.cancel(false);
              waiters.remove(waiter);
            });
    ended.find(id).ifPresent(waiter.answer::complete);
    return Optional.of(waiter.answer);
  }

  /** Reports that a task has changed. The task is read if a request waits for it. */
  public void changed(UUID id) {
    readLater(List.of(id));
  }

  /** Reports that a task has ended, and how. */
  public void ended(Task task) {
    ended.add(task);
    tell(task);
  }

  /** Reads all tasks that requests wait for, because their hints may have been lost. */
  public void changedAll() {
    readLater(waiters.tasks());
  }

  /** Reads the tasks whose last read failed. */
  public void readRest() {
    readLater(List.of());
  }

  /** Ends all waits and accepts no new ones, because this process stops. */
  @Override
  public CompletionStage<?> shutdownGracefully() {
    stopping = true;
    waiters.all().forEach(waiter -> waiter.expired = true);
    changedAll();
    return CompletableFuture.completedStage(null);
  }

  /** The number of requests that are waiting. */
  int waiting() {
    return waiters.count();
  }

  private void expire(Waiter waiter) {
    waiter.expired = true;
    readLater(List.of(waiter.task));
  }

  private void readLater(Collection<UUID> ids) {
    lock.lock();
    try {
      ids.stream().filter(waiters.tasks()::contains).forEach(toRead::add);
      if (!reading && !toRead.isEmpty()) {
        executor.execute(this::readUntilNothingIsLeft);
        reading = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private void readUntilNothingIsLeft() {
    List<UUID> batch = nextBatch();
    while (!batch.isEmpty()) {
      try {
        read(batch);
      } catch (Throwable failure) {
        LOG.debug("Followed tasks could not be read; they are read again soon", failure);
        putBack(batch);
        batch.forEach(id -> failExpired(id, failure));
        return;
      }
      batch = nextBatch();
    }
  }

  /** The next ids to read. If there are none, reading stops until a task changes. */
  private List<UUID> nextBatch() {
    lock.lock();
    try {
      toRead.retainAll(waiters.tasks());
      List<UUID> batch = toRead.stream().limit(TaskBatchClient.MOST).toList();
      batch.forEach(toRead::remove);
      reading = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void putBack(List<UUID> batch) {
    lock.lock();
    try {
      toRead.addAll(batch);
      reading = false;
    } finally {
      lock.unlock();
    }
  }

  private void read(List<UUID> batch) {
    List<Task> found = batches.read(new TaskBatchClient.Wanted(batch)).data();
    found.forEach(this::tell);
    Set<UUID> missing = new HashSet<>(batch);
    found.forEach(task -> missing.remove(task.taskId()));
    missing.forEach(this::readAlone);
  }

  /** Reads a missing task alone, so that billing-service answers with the reason. */
  private void readAlone(UUID id) {
    try {
      tell(look.apply(id));
    } catch (RuntimeException refusal) {
      waiters.of(id).forEach(waiter -> waiter.answer.completeExceptionally(refusal));
    }
  }

  private void tell(Task task) {
    for (Waiter waiter : waiters.of(task.taskId())) {
      if (task.status().isEnd() || waiter.expired) {
        waiter.answer.complete(task);
      }
    }
  }

  private void failExpired(UUID id, Throwable failure) {
    for (Waiter waiter : waiters.of(id)) {
      if (waiter.expired) {
        waiter.answer.completeExceptionally(failure);
      }
    }
  }
}
