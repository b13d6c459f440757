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
  private final Heartbeats heartbeats;
  private final Outcomes outcomes;

  AttemptController(Claims claims, Heartbeats heartbeats, Outcomes outcomes) {
    this.claims = claims;
    this.heartbeats = heartbeats;
    this.outcomes = outcomes;
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
    return new HeartbeatAnswer(heartbeats.record(id, attempt, heartbeat.progress()));
  }

  /**
   * Answers 200 when the outcome is recorded. Answers 202 while the outcome is being committed; the
   * worker then sends the same outcome again.
   */
  @Put("/{attempt}/outcome")
  HttpResponse<?> outcome(UUID id, int attempt, @Body @Valid Outcome outcome) {
    return outcomes.record(id, attempt, outcome) ? HttpResponse.ok() : HttpResponse.accepted();
  }
}
