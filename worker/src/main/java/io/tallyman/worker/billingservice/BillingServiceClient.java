package io.tallyman.worker.billingservice;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.Outcome;
import io.tallyman.worker.task.Progress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a worker talks to billing-service about tasks. Every call may be repeated. A call that is
 * refused throws an {@link io.micronaut.http.client.exceptions.HttpClientResponseException}. A call
 * without an answer throws another {@link io.micronaut.http.client.exceptions.HttpClientException}.
 */
@Client(id = BillingServiceClient.SERVICE, path = "/internal", errorType = Problem.class)
public interface BillingServiceClient {
  /** The id under which its address is configured. */
  String SERVICE = "billing-service";

  /** A heartbeat. */
  @Serdeable
  record Beat(Progress progress) {}

  /** The answer to a heartbeat. */
  @Serdeable
  record Answer(Verdict verdict) {}

  /** A message that this worker cannot read. */
  @Serdeable
  record SetAside(String workerId, String reason, String headers, String body) {}

  /**
   * The state of a worker. If a worker sends none for 15 s, billing-service treats it as gone.
   *
   * @param slots how many long attempts it runs at once
   * @param freeSlots how many slots would take a task immediately; a slot that is claiming a task,
   *     or has no connection to the broker, is neither free nor running
   * @param lightSlots how many attempts it runs at once besides
   * @param freeLightSlots like {@code freeSlots}
   * @param takesSeveral whether it reads messages of the dispatch queue with several tasks
   */
  @Serdeable
  record Report(
      int slots,
      int freeSlots,
      int lightSlots,
      int freeLightSlots,
      List<Running> running,
      boolean takesSeveral) {}

  @Serdeable
  record Running(UUID taskId, int attempt) {}

  /**
   * @return null if there is no such task
   */
  @Post("/tasks/{id}/attempts")
  @Nullable Claimed claim(UUID id, @Body Claim claim);

  /**
   * Claims many tasks.
   *
   * @return null if billing-service does not know this call
   */
  @Post("/claims")
  ClaimBatch.@Nullable Answers claim(@Body ClaimBatch batch);

  /**
   * Reports many outcomes.
   *
   * @return null if billing-service does not know this call
   */
  @Post("/outcomes")
  OutcomeBatch.@Nullable Answers outcome(@Body OutcomeBatch batch);

  /**
   * Renews many leases.
   *
   * @return null if billing-service does not know this call
   */
  @Post("/heartbeats")
  HeartbeatBatch.@Nullable Answers heartbeat(@Body HeartbeatBatch batch);

  /** Renews the lease, and learns whether the attempt is still wanted. */
  @Put("/tasks/{id}/attempts/{attempt}")
  Answer heartbeat(UUID id, int attempt, @Body Beat beat);

  /** Answers 200 when the outcome is recorded, and 202 while it is being committed. */
  @Put("/tasks/{id}/attempts/{attempt}/outcome")
  HttpResponse<?> outcome(UUID id, int attempt, @Body Outcome outcome);

  @Put("/unreadable-messages/{id}")
  void setAside(UUID id, @Body SetAside message);

  @Put("/workers/{workerId}")
  void report(String workerId, @Body Report report);

  @Delete("/workers/{workerId}")
  void leave(String workerId);
}
