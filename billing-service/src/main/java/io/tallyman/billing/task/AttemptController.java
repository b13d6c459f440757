package io.tallyman.billing.task;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Workers claim tasks, renew their leases and report outcomes here. Every call is idempotent, so a
 * worker may repeat it after a timeout.
 */
@Controller("/internal/tasks/{id}/attempts")
@ExecuteOn(TaskExecutors.BLOCKING)
class AttemptController {
  private final Attempts attempts;
  private final Completions completions;

  AttemptController(Attempts attempts, Completions completions) {
    this.attempts = attempts;
    this.completions = completions;
  }

  /**
   * @param claimId the worker's id for this claim, one per message; a repeated claim with it
   *     returns the same attempt
   * @param dispatchNo the dispatch number in the message that the worker took
   */
  @Serdeable
  record Claim(@NotNull UUID claimId, @NotBlank String workerId, int dispatchNo) {}

  /**
   * @param leaseMs the lease in milliseconds: how long the attempt stays live without a heartbeat
   * @param heartbeatMs the interval of heartbeats, in milliseconds
   * @param sheetFile the name, in the store, under which the attempt writes its sheet
   * @param uploadFile the name of the task's upload in the store; null if the task type reads none
   * @param requestId the id of the request that submitted the task, for the worker's log; null if
   *     unknown
   */
  @Serdeable
  record Claimed(
      UUID taskId,
      int attempt,
      String task,
      JsonNode parameters,
      long leaseMs,
      long heartbeatMs,
      String sheetFile,
      @Nullable String uploadFile,
      @Nullable String requestId) {}

  @Serdeable
  record Heartbeat(@NotNull @Valid Progress progress) {}

  @Serdeable
  record HeartbeatAnswer(Verdict verdict) {}

  @Post
  Claimed claim(UUID id, @Body @Valid Claim claim) {
    return attempts.claim(id, claim);
  }

  @Put("/{attempt}")
  HeartbeatAnswer heartbeat(UUID id, int attempt, @Body @Valid Heartbeat heartbeat) {
    return new HeartbeatAnswer(attempts.heartbeat(id, attempt, heartbeat.progress()));
  }

  /**
   * Answers 200 when the outcome is recorded. Answers 202 while the outcome is being committed; the
   * worker then sends the same outcome again.
   */
  @Put("/{attempt}/outcome")
  HttpResponse<?> outcome(UUID id, int attempt, @Body @Valid Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done ->
          completions.complete(id, attempt, done) ? HttpResponse.ok() : HttpResponse.accepted();
      case Outcome.Retry retry -> {
        attempts.retry(id, attempt, retry.error().asError(true), retry.outage());
        yield HttpResponse.ok();
      }
      case Outcome.GiveUp giveUp -> {
        attempts.giveUp(id, attempt, giveUp.error().asError(false));
        yield HttpResponse.ok();
      }
      case Outcome.Released _ -> {
        attempts.release(id, attempt);
        yield HttpResponse.ok();
      }
    };
  }
}
