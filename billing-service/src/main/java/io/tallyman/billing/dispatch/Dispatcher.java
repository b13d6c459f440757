package io.tallyman.billing.dispatch;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tallyman.billing.state.TaskConfiguration;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatches due tasks to the workers. It publishes the tasks that were marked when they were
 * accepted, and marks all others itself, a batch in a short transaction. It publishes outside any
 * transaction, and unmarks the messages that the broker did not confirm. So a task may be
 * dispatched twice, but is never lost; the second claim is refused.
 */
@Context
public final class Dispatcher implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final long STOP_MILLIS = 10_000;

  private final DispatchedTasks tasks;
  private final DispatchQueue queue;
  private final DispatchRoom room;
  private final Messages messages;
  private final long pauseMillis;
  private final Semaphore wakeUps = new Semaphore(0);

  /** Its size is limited by the room. */
  private final Queue<Dispatch> marked = new ConcurrentLinkedQueue<>();

  private volatile boolean due = true;
  private volatile boolean abandoned;
  private volatile boolean stopped;
  private long lastLook;
  private @Nullable Thread thread;

  Dispatcher(
      DispatchedTasks tasks,
      DispatchQueue queue,
      DispatchRoom room,
      Messages messages,
      TaskConfiguration configuration) {
    this.tasks = tasks;
    this.queue = queue;
    this.room = room;
    this.messages = messages;
    this.pauseMillis = configuration.dispatchInterval().toMillis();
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    thread = Thread.ofPlatform().name("dispatcher").start(this::runUntilShutdown);
  }

  /** Tells the dispatcher that a task became due, so that it does not wait for the timer. */
  public void wake() {
    due = true;
    wakeUps.release();
  }

  /**
   * Reserves room for at most this many tasks that are marked as dispatched when they are accepted.
   * {@link #publish} ends the reservation. Returns 0 if the broker accepts no messages, or if other
   * tasks go first.
   */
  public int reserve(int tasks) {
    return room.reserve(tasks);
  }

  /**
   * Publishes tasks that were accepted and marked, after the commit, on the dispatcher's thread.
   *
   * @param granted the reservation
   * @param isComplete false if tasks that are due were accepted without a mark
   */
  public void publish(int granted, List<Dispatch> accepted, boolean isComplete) {
    marked.addAll(accepted);
    room.settle(granted, accepted.size());
    if (!isComplete) {
      room.close();
      due = true;
    }
    if (!isComplete || !accepted.isEmpty()) {
      wakeUps.release();
    }
  }

  /** Tells the dispatcher that workers claimed tasks, so that there is room for others. */
  public void claimed(int tasks) {
    if (room.claimed(tasks)) {
      wake();
    }
  }

  /**
   * Whether tasks are dispatched and unclaimed, and the queue has neither messages nor consumers.
   */
  boolean isQueueAbandoned() {
    return abandoned;
  }

  private void runUntilShutdown() {
    while (!stopped) {
      try {
        if (!dispatchBatch()) {
          pause();
        }
      } catch (InterruptedException stop) {
        return;
      } catch (Throwable failure) {
        room.close();
        // A service that accepts tasks must go on dispatching them, whatever failed here.
        LOG.warn("Dispatching tasks failed; trying again in {} ms", pauseMillis, failure);
        tryToPause();
      }
    }
    leaveRestToOthers();
  }

  /** Another instance, or this one after its start, dispatches what is marked and not published. */
  private void leaveRestToOthers() {
    try {
      tasks.unmark(List.copyOf(marked));
    } catch (RuntimeException failure) {
      LOG.warn(
          "Accepted tasks were not dispatched; they follow when their dispatch counts as lost",
          failure);
    }
  }

  /**
   * Dispatches one batch. Returns true if all of it was published, so that more tasks may be due.
   */
  boolean dispatchBatch() {
    boolean isReady = queue.isReady();
    room.setReady(isReady);
    if (!isReady) {
      abandoned = false;
      return unmarkBatch();
    }
    boolean looks = isTimeToLook();
    List<Dispatch> batch = looks ? look() : takeMarked();
    if (batch.isEmpty()) {
      return looks && !marked.isEmpty();
    }
    Set<UUID> failed = queue.publish(messages.of(batch));
    if (!failed.isEmpty()) {
      room.close();
      List<Dispatch> refused =
          batch.stream().filter(dispatch -> failed.contains(dispatch.id())).toList();
      tasks.unmark(refused);
      if (queue.isBroken()) {
        tasks.replace(queue, refused);
      }
    }
    return failed.isEmpty();
  }

  /** Returns true if more tasks may have been marked. */
  private boolean unmarkBatch() {
    List<Dispatch> batch = takeMarked();
    tasks.unmark(batch);
    return !batch.isEmpty();
  }

  private List<Dispatch> takeMarked() {
    List<Dispatch> batch = new ArrayList<>();
    Dispatch next = marked.poll();
    while (next != null) {
      batch.add(next);
      next = batch.size() < DispatchedTasks.BATCH ? marked.poll() : null;
    }
    return batch;
  }

  private boolean isTimeToLook() {
    return due || System.nanoTime() - lastLook >= TimeUnit.MILLISECONDS.toNanos(pauseMillis);
  }

  private List<Dispatch> look() {
    due = false;
    lastLook = System.nanoTime();
    List<Dispatch> found = tasks.mark();
    if (!found.isEmpty()) {
      due = true;
    }
    abandoned = found.isEmpty() && room.hasUnclaimed() && queue.isAbandoned();
    return found;
  }

  private void pause() throws InterruptedException {
    if (wakeUps.tryAcquire(pauseMillis, TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  private void tryToPause() {
    try {
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits up to 10 s for the batch that is being published. */
  @PreDestroy
  void stop() throws InterruptedException {
    stopped = true;
    wake();
    if (thread != null) {
      thread.join(STOP_MILLIS);
    }
  }
}
