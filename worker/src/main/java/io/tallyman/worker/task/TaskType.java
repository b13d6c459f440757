package io.tallyman.worker.task;

import java.io.IOException;

/**
 * A task type that this worker can run. To add one, add a bean of this type.
 *
 * @param <P> the parameters, a {@code @Serdeable} record
 */
public interface TaskType<P> {
  /** The type's name, such as {@code billing.sheet}. */
  String name();

  Class<P> parameters();

  /**
   * Whether attempts take long whatever their parameters are: they read or write much, or
   * billing-service takes long to commit their outcome.
   */
  default boolean isLong() {
    return false;
  }

  /**
   * Does the work on the calling thread. The thread is interrupted when the attempt is not wanted
   * any more. When this method returns, everything else that it started has stopped.
   *
   * @throws BadInput if no other attempt could succeed
   * @throws TransientFailure if something that the task needs is unavailable; the task is retried
   *     after any other exception too
   */
  Outcome.Done run(P parameters, Work work) throws IOException, InterruptedException;
}
