package io.tallyman.gateway.task;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import java.util.UUID;

@Controller(Api.V1 + "/tasks")
@AllowedFor(Access.CLERK)
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskController {
  private final TaskClient tasks;

  TaskController(TaskClient tasks) {
    this.tasks = tasks;
  }

  @Post("/{id}/cancel")
  HttpResponse<LinkedTask> cancel(UUID id) {
    return LinkedTask.accepted(tasks.cancel(id));
  }

  @Post("/{id}/retry")
  HttpResponse<LinkedTask> retry(UUID id) {
    return LinkedTask.accepted(tasks.retry(id));
  }
}
