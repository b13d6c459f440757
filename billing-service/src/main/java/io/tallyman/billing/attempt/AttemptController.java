package io.tallyman.billing.attempt;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.Progress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/**
 * Workers claim tasks, renew their leases and report outcomes here. Every call is idempotent, so a
 * worker may repeat it after a timeout.
 */
@Controller("/internal/tasks/{id}/attempts")
@ExecuteOn(TaskExecutors.BLOCKING)
class AttemptController {
  private final Claims claims;
  private final Attempts attempts;
  private final Completions completions;

  AttemptController(Claims claims, Attempts attempts, Completions completions) {
    this.claims = claims;
    this.attempts = attempts;
    this.completions = completions;
  }

  @Serdeable
  record Heartbeat(@NotNull @Valid Progress progress) {}

  @Serdeable
  record HeartbeatAnswer(LeaseRenewal verdict) {}

  @Post
  Claimed claim(UUID id, @Body @Valid Claim claim) {
    return claims.claim(id, claim);
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
        attempts.giveUp(id, attempt, giveUp.error().asError(false), giveUp.progress());
        yield HttpResponse.ok();
      }
      case Outcome.Released _ -> {
        attempts.release(id, attempt);
        yield HttpResponse.ok();
      }
    };
  }
}
