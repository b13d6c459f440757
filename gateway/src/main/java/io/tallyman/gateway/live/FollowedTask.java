package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Step;
import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskEvent;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task that a listener follows, and how much it has been told. Used by one thread. */
final class FollowedTask {
  /** The listener wants the current state instead of earlier events. */
  static final int CURRENT = Integer.MAX_VALUE;

  private final UUID id;
  private final TaskListener listener;
  private int told;
  private @Nullable TaskStatus status;
  private int attempt;

  /**
   * @param after the last event that the client has, or {@link #CURRENT}
   */
  FollowedTask(UUID id, TaskListener listener, int after) {
    this.id = id;
    this.listener = listener;
    this.told = after;
  }

  UUID id() {
    return id;
  }

  TaskListener listener() {
    return listener;
  }

  /** The last event that the client has. */
  int told() {
    return told;
  }

  /** Whether the client wants the state of the task, or claims to have events that do not exist. */
  boolean needsState(Task task) {
    return told > task.seq();
  }

  /** The client has this state of the task. */
  void has(Task task) {
    told = task.seq();
    status = task.status();
    attempt = task.attempt();
  }

  /** Tells an event, unless the client has it. */
  void tell(Step step) {
    TaskEvent event = step.event();
    if (event.seq() > told) {
      told = event.seq();
      status = event.status();
      attempt = event.attempt();
      listener.event(step.subject(), step.encoded());
    }
  }

  void progress(Subject subject, int number, Encoded progress) {
    if (status == TaskStatus.STARTED && attempt == number) {
      listener.progress(subject, progress);
    }
  }

  boolean hasEnded() {
    return status != null && status.isEnd();
  }
}
