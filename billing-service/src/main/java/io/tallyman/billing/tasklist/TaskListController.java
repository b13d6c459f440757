package io.tallyman.billing.tasklist;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;

@Controller("/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskListController {
  private final TaskList tasks;
  private final TaskTypes types;

  TaskListController(TaskList tasks, TaskTypes types) {
    this.tasks = tasks;
    this.types = types;
  }

  @Get
  Page<Task> list(@RequestBean TaskFilter filter, PageRequest page) {
    filter.check(types, "?");
    return tasks.page(filter, page);
  }
}
