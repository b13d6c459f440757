package io.tallyman.billing.state;

import static io.tallyman.billing.state.TaskStatus.FAILURE;
import static io.tallyman.billing.state.TaskStatus.PENDING;
import static io.tallyman.billing.state.TaskStatus.RETRY;
import static io.tallyman.billing.state.TaskStatus.REVOKED;
import static io.tallyman.billing.state.TaskStatus.STARTED;
import static io.tallyman.billing.state.TaskStatus.SUCCESS;

import java.util.Set;

/**
 * The state machine: every way in which a task's status changes. The compare-and-set of each
 * transition is built from this table ({@link TaskTransitions}), so no other change is possible.
 */
public enum Transition {
  /** A worker claimed it, when it was due. */
  CLAIM(STARTED, PENDING, RETRY),
  /** The live attempt is done, and its sheet stands in the store. */
  SUCCEED(SUCCESS, STARTED),
  /**
   * The live attempt failed in a way that may pass, lost its lease, or stalled; attempts are left.
   */
  POSTPONE(RETRY, STARTED),
  /** The worker shuts down and gives the task back. */
  RELEASE(PENDING, STARTED),
  /** The live attempt failed for good, was the last, or took longer than the type's time limit. */
  FAIL(FAILURE, STARTED),
  /** It was dispatched again and again, and nobody ever claimed it. */
  ABANDON(FAILURE, PENDING, RETRY),
  /** Somebody cancelled it; whether a worker is alive does not matter. */
  CANCEL(REVOKED, PENDING, STARTED, RETRY);

  private final TaskStatus to;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of makes it so
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
