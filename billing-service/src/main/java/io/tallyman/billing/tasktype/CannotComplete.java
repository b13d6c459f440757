package io.tallyman.billing.tasktype;

import io.tallyman.billing.state.TaskError;

/** What an attempt brought cannot become a result. */
public final class CannotComplete extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TaskError error;

  /**
   * @param error if it is retryable, another attempt follows
   */
  public CannotComplete(TaskError error) {
    super(error.detail(), null, false, false);
    this.error = error;
  }

  public TaskError error() {
    return error;
  }
}
