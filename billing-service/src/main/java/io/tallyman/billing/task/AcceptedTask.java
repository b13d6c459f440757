package io.tallyman.billing.task;

import io.micronaut.http.HttpResponse;
import io.tallyman.billing.state.Task;
import java.net.URI;

/** Builds the answer to a request whose task was accepted. */
public final class AcceptedTask {
  private AcceptedTask() {}

  /** 202 with the task as body and its address in {@code Location}. */
  public static HttpResponse<Task> answer(Task task) {
    return HttpResponse.<Task>accepted(URI.create("/tasks/" + task.taskId())).body(task);
  }
}
