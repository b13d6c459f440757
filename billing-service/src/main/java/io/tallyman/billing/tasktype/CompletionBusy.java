package io.tallyman.billing.tasktype;

/**
 * The result cannot be committed now, because another commit holds a lock. The worker sends the
 * outcome again.
 */
public final class CompletionBusy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CompletionBusy(String reason) {
    super(reason, null, false, false);
  }
}
