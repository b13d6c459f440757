package io.tallyman.billing.task;

import java.net.URI;

/** Where a task that was accepted can be looked at. */
public final class AcceptedTask {
  private AcceptedTask() {}

  public static URI location(Task task) {
    return URI.create("/tasks/" + task.taskId());
  }
}
