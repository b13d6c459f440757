package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

@Controller("/api/v1/tasks/{id}/events")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskEventController {
  private final TaskEventClient events;

  TaskEventController(TaskEventClient events) {
    this.events = events;
  }

  @Get
  TaskEvents show(UUID id) {
    return events.show(id);
  }
}
