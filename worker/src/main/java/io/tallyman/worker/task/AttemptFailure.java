package io.tallyman.worker.task;

import org.jspecify.annotations.Nullable;

/** An attempt that fails for a reason that can be told. Its type decides whether it is retried. */
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
