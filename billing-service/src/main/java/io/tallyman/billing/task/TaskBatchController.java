package io.tallyman.billing.task;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.Task;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** Gateways read many tasks at once here. It is a POST because a URL cannot hold so many ids. */
@Controller("/internal/task-batches")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskBatchController {
  private static final int MOST = 500;

  private final Tasks tasks;

  TaskBatchController(Tasks tasks) {
    this.tasks = tasks;
  }

  @Serdeable
  record Wanted(@NotNull @Size(max = MOST) List<UUID> taskIds) {}

  /**
   * @param data the wanted tasks that exist, in no particular order
   */
  @Serdeable
  record Found(List<Task> data) {}

  @Post
  Found read(@Body @Valid Wanted wanted) {
    return new Found(tasks.findAll(wanted.taskIds()));
  }
}
