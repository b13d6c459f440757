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
 * How a worker talks to billing-service about tasks. Every call may be repeated. What is refused
 * comes as an {@link io.micronaut.http.client.exceptions.HttpClientResponseException}, no answer as
 * another {@link io.micronaut.http.client.exceptions.HttpClientException}.
 */
@Client(id = "billing-service", path = "/internal", errorType = Problem.class)
interface BillingServiceClient {
  /**
   * @return null if there is no such task
   */
  @Post("/tasks/{id}/attempts")
  @Nullable Claimed claim(UUID id, @Body Claim claim);

  /** Renews the lease, and learns whether the attempt is still wanted. */
  @Put("/tasks/{id}/attempts/{attempt}")
  Heartbeat.Answer heartbeat(UUID id, int attempt, @Body Heartbeat.Beat beat);

  /** Answers 200 when the outcome stands, 202 while it is being applied. */
  @Put("/tasks/{id}/attempts/{attempt}/outcome")
  HttpResponse<?> outcome(UUID id, int attempt, @Body Outcome outcome);

  @Put("/unreadable-messages/{id}")
  void setAside(UUID id, @Body Claims.SetAside message);

  @Put("/workers/{workerId}")
  void report(String workerId, @Body Shift.Report report);

  @Delete("/workers/{workerId}")
  void leave(String workerId);
}
