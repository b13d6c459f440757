package io.tallyman.worker.task;

import org.jspecify.annotations.Nullable;

/**
 * A failure of an attempt with a known reason. The subclass decides whether the task is retried.
 */
public abstract sealed class AttemptFailure extends RuntimeException
    permits BadInput, TransientFailure {
  private static final long serialVersionUID = 1L;

  private final transient TaskError fault;

  AttemptFailure(TaskError fault, @Nullable Throwable cause) {
    super(fault.detail(), cause);
    this.fault = fault;
  }

  public final TaskError fault() {
    return fault;
  }
}
