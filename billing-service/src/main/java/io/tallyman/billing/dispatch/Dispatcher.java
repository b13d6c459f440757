package io.tallyman.billing.dispatch;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tallyman.billing.state.TaskConfiguration;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatches due tasks to the workers. It marks a batch in a short transaction, publishes outside
 * any transaction, and unmarks the messages that the broker did not confirm. So a task may be
 * dispatched twice, but is never lost; the second claim is refused.
 */
@Context
public final class Dispatcher implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final long STOP_MILLIS = 10_000;

  private final DispatchedTasks tasks;
  private final DispatchQueue queue;
  private final long pauseMillis;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean stopped;
  private @Nullable Thread thread;

  Dispatcher(DispatchedTasks tasks, DispatchQueue queue, TaskConfiguration configuration) {
    this.tasks = tasks;
    this.queue = queue;
    this.pauseMillis = configuration.dispatchInterval().toMillis();
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    thread = Thread.ofPlatform().name("dispatcher").start(this::runUntilShutdown);
  }

  /** Tells the dispatcher that a task became due, so that it does not wait for the timer. */
  public void wake() {
    wakeUps.release();
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
        // A service that accepts tasks must go on dispatching them, whatever failed here.
        LOG.warn("Dispatching tasks failed; trying again in {} ms", pauseMillis, failure);
        tryToPause();
      }
    }
  }

  /**
   * Dispatches one batch. Returns true if all of it was published, so that more tasks may be due.
   */
  boolean dispatchBatch() {
    if (!queue.isReady()) {
      return false;
    }
    List<Dispatch> batch = tasks.mark();
    if (batch.isEmpty()) {
      return false;
    }
    Set<UUID> failed = queue.publish(batch);
    tasks.unmark(batch.stream().filter(dispatch -> failed.contains(dispatch.id())).toList());
    return failed.isEmpty();
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
