package io.tallyman.gateway.live.event;

import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskStatus;
import org.jspecify.annotations.Nullable;

/** One event of a task that was read. It is encoded when the first client needs it. */
public final class Step {
  private final JsonEncoder encoder;
  private final Subject subject;
  private final TaskEvent event;
  private final @Nullable TaskStatus before;
  private final @Nullable Task task;
  private @Nullable Encoded matching;
  private @Nullable Encoded leaving;

  /**
   * @param before the status before the event; null if there was none or it is unknown
   * @param task null unless this is its last event
   */
  public Step(
      JsonEncoder encoder,
      Subject subject,
      TaskEvent event,
      @Nullable TaskStatus before,
      @Nullable Task task) {
    this.encoder = encoder;
    this.subject = subject;
    this.event = event;
    this.before = before;
    this.task = task;
  }

  public Subject subject() {
    return subject;
  }

  public TaskEvent event() {
    return event;
  }

  public Encoded encoded() {
    Encoded done = matching;
    if (done == null) {
      done = encoder.event(subject.taskId(), event, true, task);
      matching = done;
    }
    return done;
  }

  /** What followers of a filter get; null if the task neither matches nor did so before. */
  public @Nullable Encoded encoded(TaskFilter filter) {
    if (filter.matches(subject, event.status())) {
      return encoded();
    }
    return before != null && filter.matches(subject, before) ? left() : null;
  }

  private Encoded left() {
    Encoded done = leaving;
    if (done == null) {
      done = encoder.event(subject.taskId(), event, false, task);
      leaving = done;
    }
    return done;
  }
}
