package io.tallyman.worker.bulk;

import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem;
import io.tallyman.worker.billingservice.BillingServiceClient;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets billing-service change the next batch of tasks. A failed call throws an {@link
 * io.micronaut.http.client.exceptions.HttpClientException}.
 */
@Client(id = BillingServiceClient.SERVICE, path = "/internal/tasks", errorType = Problem.class)
interface BulkClient {
  /**
   * How far the task is.
   *
   * @param result its result so far
   */
  @Serdeable
  record Step(long done, long total, JsonNode result) {}

  /**
   * A repeated call changes no task again.
   *
   * @return null if billing-service does not know this call
   */
  @Post("/{id}/attempts/{attempt}/bulk-steps")
  @Nullable Step step(UUID id, int attempt);
}
