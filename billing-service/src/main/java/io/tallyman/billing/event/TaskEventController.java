package io.tallyman.billing.event;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.access.Visible;
import io.tallyman.billing.expiry.Tombstones;
import io.tallyman.billing.state.UnknownTaskId;
import java.util.List;
import java.util.UUID;

@Controller("/tasks/{id}/events")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskEventController {
  private final TaskEvents events;
  private final Tombstones tombstones;

  TaskEventController(TaskEvents events, Tombstones tombstones) {
    this.events = events;
    this.tombstones = tombstones;
  }

  @Serdeable
  record Told(List<TaskEvent> data) {}

  @Get
  Told show(UUID id) {
    List<TaskEvent> told = events.of(id, Visible.owner());
    if (told.isEmpty()) {
      throw tombstones.absence(id, new UnknownTaskId(id));
    }
    return new Told(told);
  }
}
