package io.tallyman.gateway.task;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.kit.page.Page;
import org.jspecify.annotations.Nullable;

@Controller(Api.V1 + "/tasks")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskListController {
  private final TaskClient tasks;

  TaskListController(TaskClient tasks) {
    this.tasks = tasks;
  }

  @Get
  HttpResponse<Page<LinkedTask>> list(
      @RequestBean TaskQuery filter,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      HttpRequest<?> request) {
    Page<Task> page = tasks.list(filter, limit, cursor);
    return LinkedPage.of(page.map(LinkedTask::of), request);
  }
}
