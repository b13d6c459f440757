package io.tallyman.billing.state;

/** The status of a task, with Celery's names. {@link Transition} has the allowed changes. */
public enum TaskStatus {
  /** The task was accepted, or a worker that shut down gave it back. It waits for a claim. */
  PENDING,
  /** A worker runs the task and holds its lease. */
  STARTED,
  /** An attempt failed, and another follows when the backoff is over. */
  RETRY,
  /** Final: the task has a result. */
  SUCCESS,
  /** Final: the task's error gives the reason. */
  FAILURE,
  /** Final: a client cancelled the task. */
  REVOKED;

  /** Whether this status is final. */
  public boolean ended() {
    return switch (this) {
      case PENDING, STARTED, RETRY -> false;
      case SUCCESS, FAILURE, REVOKED -> true;
    };
  }
}
