package io.tallyman.billing.state;

/** Where a task stands; the names are Celery's. {@link Transition} says how one becomes another. */
public enum TaskStatus {
  /** Accepted, or given back by a worker that shut down; waits for a claim. */
  PENDING,
  /** A worker holds its lease. */
  STARTED,
  /** An attempt failed in a way that may pass; waits until it is due again. */
  RETRY,
  /** Ended: the result stands. */
  SUCCESS,
  /** Ended: the error says why. */
  FAILURE,
  /** Ended: somebody cancelled it. */
  REVOKED;

  /** Whether it never changes again. */
  public boolean ended() {
    return switch (this) {
      case PENDING, STARTED, RETRY -> false;
      case SUCCESS, FAILURE, REVOKED -> true;
    };
  }
}
