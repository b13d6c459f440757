package io.tallyman.worker.task;

import java.io.IOException;

/**
 * Something a worker can do. A bean of this type is all it takes to add another.
 *
 * @param <P> the parameters, a {@code @Serdeable} record
 */
public interface TaskType<P> {
  /** The name under which it is submitted, such as {@code billing.sheet}. */
  String name();

  Class<P> parameters();

  /**
   * Does the work on the calling thread, which is interrupted when the attempt is no longer wanted;
   * everything else it started has stopped when it returns.
   *
   * @throws BadInput if no other attempt could succeed
   * @throws TransientFailure if another attempt may succeed; so may it after any other exception
   */
  Outcome.Done run(P parameters, Work work) throws IOException, InterruptedException;
}
