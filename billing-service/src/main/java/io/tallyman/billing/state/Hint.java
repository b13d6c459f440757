package io.tallyman.billing.state;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells all gateways that a task has changed. It is published after the commit. It may be lost or
 * arrive in any order, so the receiver reads the task itself, if it needs more than the hint tells.
 *
 * @param seq the {@code seq} of the event that the change wrote
 * @param open whether the task has not ended
 * @param ended the task if it has ended, without its queue position; nothing changes it any more
 */
@Serdeable
public record Hint(UUID taskId, int seq, boolean open, @Nullable Task ended) {
  public static Hint of(Task task) {
    boolean ended = task.status().ended();
    return new Hint(task.taskId(), task.seq(), !ended, ended ? task : null);
  }

  /** The same, in less memory. */
  public Hint withoutTask() {
    return new Hint(taskId, seq, open, null);
  }
}
