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
 * The tasks whose end somebody waits for. Whoever waits holds a future and nothing else, no thread
 * and no connection; tasks are read in batches, one batch at a time, so that however many change at
 * once, few reads tell of all of them.
 */
@Singleton
public final class FollowedTasks implements GracefulShutdownCapable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedTasks.class);

  private final TaskBatchClient batches;
  private final Function<UUID, Task> look;
  private final ExecutorService executor;
  private final WaitingClients waiters;

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
   * @param look asks billing-service for one task
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
   * Begins to wait. From now on no end of the task is missed; one before may be, so look at the
   * task after this and not before. Whoever waits no longer completes or cancels the future.
   *
   * @return the task as soon as it has ended, or as it is when the time is over; fails with what
   *     billing-service says, or that it says nothing. Empty if too many are waiting already, or
   *     this process stops.
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
    return Optional.of(waiter.answer);
  }

  /** Says that a task has changed; it is read if anybody follows it. */
  public void changed(UUID id) {
    readLater(List.of(id));
  }

  /** Reads every task that somebody follows, because any may have changed unheard. */
  public void changedAll() {
    readLater(waiters.tasks());
  }

  /** Reads what could not be read before. */
  public void readRest() {
    readLater(List.of());
  }

  /** Lets nobody wait any more; their time is over, whatever they asked for. */
  @Override
  public CompletionStage<?> shutdownGracefully() {
    stopping = true;
    waiters.all().forEach(waiter -> waiter.expired = true);
    changedAll();
    return CompletableFuture.completedStage(null);
  }

  /** How many are waiting now. */
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

  /** The next ids to read; if there are none, the reading is over from then on. */
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

  /** Lets billing-service say itself why it does not tell of a task. */
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
