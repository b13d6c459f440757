package io.tallyman.billing.state;

import static io.tallyman.billing.state.TaskStatus.FAILURE;
import static io.tallyman.billing.state.TaskStatus.PENDING;
import static io.tallyman.billing.state.TaskStatus.RETRY;
import static io.tallyman.billing.state.TaskStatus.REVOKED;
import static io.tallyman.billing.state.TaskStatus.STARTED;
import static io.tallyman.billing.state.TaskStatus.SUCCESS;

import java.util.Set;

/**
 * The state machine: all changes of a task's status. {@link TaskTransitions} builds the
 * compare-and-set of each move from this table, so no other change is possible.
 */
public enum Transition {
  /** A worker claims the task, which is due. */
  CLAIM(STARTED, PENDING, RETRY),
  /** The live attempt reports DONE; its sheet is in the store. */
  SUCCEED(SUCCESS, STARTED),
  /**
   * The live attempt failed with a retryable error, lost its lease, or stalled; attempts are left.
   */
  POSTPONE(RETRY, STARTED),
  /** The worker shuts down and gives the task back. This uses up no attempt. */
  RELEASE(PENDING, STARTED),
  /**
   * The live attempt failed with an error that no retry can fix, was the last one, or exceeded the
   * type's time limit.
   */
  FAIL(FAILURE, STARTED),
  /** The task was dispatched {@code max-dispatches} times, and no worker claimed it. */
  ABANDON(FAILURE, PENDING, RETRY),
  /** A client cancelled the task. This works without a live worker. */
  CANCEL(REVOKED, PENDING, STARTED, RETRY);

  private final TaskStatus to;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of returns an immutable set
  private final Set<TaskStatus> from;

  Transition(TaskStatus to, TaskStatus... from) {
    this.to = to;
    this.from = Set.of(from);
  }

  public TaskStatus to() {
    return to;
  }

  public Set<TaskStatus> from() {
    return from;
  }
}
