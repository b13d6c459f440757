package io.tallyman.gateway.task;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;

/** Cancels and retries all tasks that match a filter, by a task. */
@Controller(Api.V1 + "/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class BulkController {
  private final TaskClient tasks;

  BulkController(TaskClient tasks) {
    this.tasks = tasks;
  }

  /** How many tasks the two routes below would choose. */
  @Get("/count")
  @AllowedFor(Access.VIEWER)
  JsonNode count(@RequestBean TaskQuery filter) {
    return tasks.count(filter);
  }

  @Post("/cancel")
  @AllowedFor(Access.CLERK)
  HttpResponse<LinkedTask> cancel(@Body ChosenTasks filter) {
    return LinkedTask.accepted(tasks.cancelAll(filter));
  }

  @Post("/retry")
  @AllowedFor(Access.CLERK)
  HttpResponse<LinkedTask> retry(@Body ChosenTasks filter) {
    return LinkedTask.accepted(tasks.retryAll(filter));
  }
}
