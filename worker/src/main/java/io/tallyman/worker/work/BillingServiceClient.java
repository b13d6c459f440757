package io.tallyman.worker.work;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.kit.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The client for billing-service's calls about tasks. All calls are idempotent. A refusal throws an
 * {@link io.micronaut.http.client.exceptions.HttpClientResponseException}; a call without an answer
 * throws another {@link io.micronaut.http.client.exceptions.HttpClientException}.
 */
@Client(id = "billing-service", path = "/internal", errorType = Problem.class)
interface BillingServiceClient {
  /**
   * @return the attempt; null if no task has the id
   */
  @Post("/tasks/{id}/attempts")
  @Nullable Claimed claim(UUID id, @Body Claim claim);

  /** Renews the lease. The answer says whether the attempt may go on. */
  @Put("/tasks/{id}/attempts/{attempt}")
  Heartbeat.Answer heartbeat(UUID id, int attempt, @Body Heartbeat.Beat beat);

  /** Answers 200 when the outcome is recorded, 202 while it is being committed. */
  @Put("/tasks/{id}/attempts/{attempt}/outcome")
  HttpResponse<?> outcome(UUID id, int attempt, @Body Outcome outcome);

  @Put("/unreadable-messages/{id}")
  void setAside(UUID id, @Body Claims.SetAside message);

  @Put("/workers/{workerId}")
  void report(String workerId, @Body Shift.Report report);

  @Delete("/workers/{workerId}")
  void leave(String workerId);
}
