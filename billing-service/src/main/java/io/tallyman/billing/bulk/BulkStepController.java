package io.tallyman.billing.bulk;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.util.UUID;

/** Workers ask for the next batch of a bulk task here. */
@Controller("/internal/tasks/{id}/attempts/{attempt}/bulk-steps")
@ExecuteOn(TaskExecutors.BLOCKING)
class BulkStepController {
  private final BulkTasks tasks;

  BulkStepController(BulkTasks tasks) {
    this.tasks = tasks;
  }

  /**
   * Changes the next batch of tasks. A repeated call does not change a task again: it goes on with
   * the next ones.
   *
   * @throws io.tallyman.billing.attempt.NotLive if the attempt is not live; nothing was changed
   */
  @Post
  BulkTasks.Step step(UUID id, int attempt) throws IOException {
    return tasks.step(id, attempt);
  }
}
