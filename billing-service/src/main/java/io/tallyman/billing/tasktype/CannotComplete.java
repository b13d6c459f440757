package io.tallyman.billing.tasktype;

import io.tallyman.billing.state.TaskError;

/** The work of an attempt cannot become the task's result, so the attempt fails. */
public final class CannotComplete extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TaskError error;

  /**
   * @param error the reason; if it is retryable and attempts are left, another attempt follows
   */
  public CannotComplete(TaskError error) {
    super(error.detail(), null, false, false);
    this.error = error;
  }

  public TaskError error() {
    return error;
  }
}
