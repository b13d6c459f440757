package io.tallyman.billing.attempt;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.Progress;
import io.tallyman.kit.database.ItemProblems;
import io.tallyman.kit.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AttemptController} does for one attempt, for many in one call. The answer has one
 * entry for each item, in the order of the items. Each item succeeds or fails by itself, and may be
 * repeated by itself, here or with the call for one.
 */
@Controller("/internal")
@ExecuteOn(TaskExecutors.BLOCKING)
class AttemptBatchController {
  /** The most claims or outcomes of one call. */
  static final int MOST = 100;

  private static final int MOST_HEARTBEATS = 2_000;

  private final Claims claims;
  private final Heartbeats heartbeats;
  private final Outcomes outcomes;
  private final AttemptInputs inputs;
  private final ItemProblems problems;

  AttemptBatchController(
      Claims claims,
      Heartbeats heartbeats,
      Outcomes outcomes,
      AttemptInputs inputs,
      ItemProblems problems) {
    this.claims = claims;
    this.heartbeats = heartbeats;
    this.outcomes = outcomes;
    this.inputs = inputs;
    this.problems = problems;
  }

  /** The claims of one worker, one for each message that it took. */
  @Serdeable
  record ClaimsRequest(
      @NotBlank String workerId, @NotNull @Size(max = MOST) @Valid List<ClaimItem> claims) {}

  /**
   * @param claimId as in {@link Claim}
   * @param dispatchNo as in {@link Claim}
   */
  @Serdeable
  record ClaimItem(@NotNull UUID taskId, @NotNull UUID claimId, int dispatchNo) {}

  @Serdeable
  record ClaimsAnswer(List<ClaimAnswer> answers) {}

  /**
   * @param status the HTTP status with which the claim would be answered if it were sent alone
   * @param claimed null unless the status is 200
   * @param problem null if the status is 200
   */
  @Serdeable
  record ClaimAnswer(int status, @Nullable Claimed claimed, @Nullable Problem problem) {
    ClaimAnswer with(Map<UUID, JsonNode> inputs) {
      return claimed == null
          ? this
          : new ClaimAnswer(status, claimed.with(inputs.get(claimed.taskId())), problem);
    }
  }

  @Serdeable
  record OutcomesRequest(@NotNull @Size(max = MOST) @Valid List<OutcomeItem> outcomes) {}

  /**
   * @param requestId the id of the request that submitted the task; null if unknown
   */
  @Serdeable
  record OutcomeItem(
      @NotNull UUID taskId,
      int attempt,
      @Nullable String requestId,
      @NotNull @Valid Outcome outcome) {}

  @Serdeable
  record OutcomesAnswer(List<OutcomeAnswer> answers) {}

  /**
   * @param status the HTTP status with which the outcome would be answered if it were sent alone:
   *     200 if it is recorded, 202 while it is being committed
   * @param problem null if the status is 200 or 202
   */
  @Serdeable
  record OutcomeAnswer(int status, @Nullable Problem problem) {}

  @Serdeable
  record HeartbeatsRequest(
      @NotNull @Size(max = MOST_HEARTBEATS) @Valid List<HeartbeatItem> heartbeats) {}

  @Serdeable
  record HeartbeatItem(@NotNull UUID taskId, int attempt, @NotNull @Valid Progress progress) {}

  /**
   * @param verdicts one for each heartbeat; {@link LeaseRenewal#SUPERSEDED} if there is no such
   *     task
   */
  @Serdeable
  record HeartbeatsAnswer(List<LeaseRenewal> verdicts) {}

  @Post("/claims")
  ClaimsAnswer claim(HttpRequest<?> request, @Body @Valid ClaimsRequest batch) {
    List<ClaimAnswer> answers =
        claims.claim(batch).stream().map(claimed -> answer(request, claimed)).toList();
    Map<UUID, JsonNode> read =
        inputs.read(answers.stream().map(ClaimAnswer::claimed).filter(Objects::nonNull).toList());
    return new ClaimsAnswer(answers.stream().map(answer -> answer.with(read)).toList());
  }

  @Post("/outcomes")
  OutcomesAnswer outcome(HttpRequest<?> request, @Body @Valid OutcomesRequest batch) {
    List<Supplier<Boolean>> recorded = outcomes.record(batch.outcomes());
    return new OutcomesAnswer(
        IntStream.range(0, recorded.size())
            .mapToObj(
                index ->
                    answer(request, batch.outcomes().get(index).requestId(), recorded.get(index)))
            .toList());
  }

  @Post("/heartbeats")
  HeartbeatsAnswer heartbeat(@Body @Valid HeartbeatsRequest batch) {
    return new HeartbeatsAnswer(heartbeats.record(batch.heartbeats()));
  }

  private ClaimAnswer answer(HttpRequest<?> request, Supplier<Claimed> claimed) {
    try {
      return new ClaimAnswer(HttpStatus.OK.getCode(), claimed.get(), null);
    } catch (RuntimeException failure) {
      Problem problem = problems.of(request, null, failure);
      return new ClaimAnswer(problem.status(), null, problem);
    }
  }

  private OutcomeAnswer answer(
      HttpRequest<?> request, @Nullable String requestId, Supplier<Boolean> recorded) {
    try {
      HttpStatus status = recorded.get() ? HttpStatus.OK : HttpStatus.ACCEPTED;
      return new OutcomeAnswer(status.getCode(), null);
    } catch (RuntimeException failure) {
      Problem problem = problems.of(request, requestId, failure);
      return new OutcomeAnswer(problem.status(), problem);
    }
  }
}
