package io.tallyman.billing.task;

import io.micronaut.http.HttpResponse;
import java.net.URI;

/** The answer to whoever had a task accepted. */
public final class AcceptedTask {
  private AcceptedTask() {}

  /** 202, and where the task can be looked at. */
  public static HttpResponse<Task> answer(Task task) {
    return HttpResponse.<Task>accepted(URI.create("/tasks/" + task.taskId())).body(task);
  }
}
