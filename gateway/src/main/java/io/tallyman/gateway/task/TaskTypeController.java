package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/api/v1/task-types")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskTypeController {
  private final TaskTypeClient types;

  TaskTypeController(TaskTypeClient types) {
    this.types = types;
  }

  @Get
  TaskType.TypeList list() {
    return types.list();
  }
}
