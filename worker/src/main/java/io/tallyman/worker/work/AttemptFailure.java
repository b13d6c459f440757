package io.tallyman.worker.work;

import org.jspecify.annotations.Nullable;

/**
 * A failure of an attempt with a known reason. The subclass decides whether the task is retried.
 */
public abstract sealed class AttemptFailure extends RuntimeException
    permits BadInput, PassingFailure {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  AttemptFailure(Fault fault, @Nullable Throwable cause) {
    super(fault.detail(), cause);
    this.fault = fault;
  }

  final Fault fault() {
    return fault;
  }
}
