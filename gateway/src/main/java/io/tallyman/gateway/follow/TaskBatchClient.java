package io.tallyman.gateway.follow;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.upstream.Services;
import java.util.List;
import java.util.UUID;

/** Reads many tasks from billing-service in one call. */
@Client(id = Services.BILLING, path = "/internal/task-batches")
interface TaskBatchClient {
  /** The maximum number of tasks in one call. */
  int MOST = 500;

  @Serdeable
  record Wanted(List<UUID> taskIds) {}

  /**
   * @param data the tasks that exist, in any order
   */
  @Serdeable
  record Found(List<Task> data) {}

  @Post
  Found read(@Body Wanted wanted);
}
