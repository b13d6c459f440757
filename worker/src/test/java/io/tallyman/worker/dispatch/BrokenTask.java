package io.tallyman.worker.dispatch;

import io.tallyman.worker.task.Outcome;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;

/** A task type that throws what a test wants, by default like a bug. */
@Singleton
final class BrokenTask implements TaskType<GatedTask.Nothing> {
  static final String NAME = "test.broken";
  static final String SECRET = "s3cret";

  private volatile RuntimeException failure = new IllegalStateException(SECRET);

  void failWith(RuntimeException other) {
    failure = other;
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
  public Outcome.Done run(GatedTask.Nothing parameters, Work work) {
    throw failure;
  }
}
