package io.tallyman.worker.billingservice;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem;
import io.tallyman.worker.task.Outcome;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outcomes of finished attempts; at most {@value #MOST}. */
@Serdeable
public record OutcomeBatch(List<Item> outcomes) {
  public static final int MOST = 100;

  /**
   * @param requestId the id of the request that submitted the task; null if unknown
   */
  @Serdeable
  public record Item(UUID taskId, int attempt, @Nullable String requestId, Outcome outcome) {}

  /**
   * @param answers one for each outcome, in the same order
   */
  @Serdeable
  public record Answers(List<Answer> answers) {}

  /**
   * @param status the HTTP status with which the outcome would have been answered alone: 200 if it
   *     is recorded, 202 while it is being committed
   * @param problem why it was refused; null if it was not, or if the reason is unknown
   */
  @Serdeable
  public record Answer(int status, @Nullable Problem problem) {}
}
