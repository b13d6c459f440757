package io.tallyman.gateway.follow;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.upstream.Services;
import java.util.List;
import java.util.UUID;

/** Many tasks of billing-service at once. */
@Client(id = Services.BILLING, path = "/internal/task-batches")
interface TaskBatchClient {
  /** How many may be asked for in one call. */
  int MOST = 500;

  @Serdeable
  record Wanted(List<UUID> taskIds) {}

  /**
   * @param data those that exist, in no order
   */
  @Serdeable
  record Found(List<Task> data) {}

  @Post
  Found read(@Body Wanted wanted);
}
