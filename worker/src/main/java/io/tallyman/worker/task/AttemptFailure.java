package io.tallyman.worker.task;

import org.jspecify.annotations.Nullable;

/** An attempt that fails for a reason that can be told. Its type decides whether it is retried. */
public abstract sealed class AttemptFailure extends RuntimeException
    permits BadInput, PassingFailure {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  AttemptFailure(Fault fault, @Nullable Throwable cause) {
    super(fault.detail(), cause);
    this.fault = fault;
  }

  public final Fault fault() {
    return fault;
  }
}
