package io.tallyman.worker.dispatch;

import io.tallyman.worker.task.Outcome;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A task type that is always long, and ends when a test lets it. */
@Singleton
final class LongTask implements TaskType<GatedTask.Nothing> {
  static final String NAME = "test.long";

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Semaphore ends = new Semaphore(0);

  int running() {
    return running.get();
  }

  /** The most that ran at once. */
  int most() {
    return most.get();
  }

  void end(int count) {
    ends.release(count);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<GatedTask.Nothing> parameters() {
    return GatedTask.Nothing.class;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Outcome.Done run(GatedTask.Nothing parameters, Work work) throws InterruptedException {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      ends.acquire();
      return new Outcome.Done(null, null);
    } finally {
      running.decrementAndGet();
    }
  }
}
