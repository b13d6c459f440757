package io.tallyman.billing.tasktype;

/** A result cannot be made at this moment, because another is being made; asking again is right. */
public final class CompletionBusy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CompletionBusy(String reason) {
    super(reason, null, false, false);
  }
}
