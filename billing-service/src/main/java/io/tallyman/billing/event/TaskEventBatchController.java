package io.tallyman.billing.event;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.Task;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** Gateways read what happened to many tasks at once here. */
@Controller("/internal/task-event-batches")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskEventBatchController {
  private static final int MOST = 200;

  private final EventBatches batches;

  TaskEventBatchController(EventBatches batches) {
    this.batches = batches;
  }

  /**
   * @param after the last event of the task that the reader has; 0 if it has none
   */
  @Serdeable
  record WantedTask(@NotNull UUID taskId, @PositiveOrZero int after) {}

  @Serdeable
  record Wanted(@NotNull @Size(max = MOST) @Valid List<WantedTask> tasks) {}

  /**
   * @param task the task, without its queue position
   * @param events the events after the wanted one, in order, none of them later than the task; if
   *     there are very many, only the first of them
   */
  @Serdeable
  record ChangedTask(Task task, List<TaskEvent> events) {}

  /**
   * @param data the wanted tasks that exist, in no particular order
   */
  @Serdeable
  record Found(List<ChangedTask> data) {}

  @Post
  Found read(@Body @Valid Wanted wanted) {
    return new Found(batches.read(wanted.tasks()));
  }
}
