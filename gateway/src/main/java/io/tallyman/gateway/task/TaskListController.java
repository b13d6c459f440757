package io.tallyman.gateway.task;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.kit.page.Page;
import org.jspecify.annotations.Nullable;

@Controller(Api.V1 + "/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskListController {
  private final TaskClient tasks;

  TaskListController(TaskClient tasks) {
    this.tasks = tasks;
  }

  @Get
  HttpResponse<Page<LinkedTask>> list(
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String task,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue("submitted_by") String submittedBy,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      HttpRequest<?> request) {
    Page<Task> page = tasks.list(status, task, from, to, submittedBy, limit, cursor);
    return LinkedPage.of(page.map(LinkedTask::of), request);
  }
}
