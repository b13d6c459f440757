package io.tallyman.worker.billingservice;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem;
import io.tallyman.worker.task.Claimed;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The claims of one worker, one for each message that it took; at most {@value #MOST}. */
@Serdeable
public record ClaimBatch(String workerId, List<Item> claims) {
  public static final int MOST = 100;

  /**
   * @param claimId as in {@link Claim}
   * @param dispatchNo as in {@link Claim}
   */
  @Serdeable
  public record Item(UUID taskId, UUID claimId, int dispatchNo) {}

  /**
   * @param answers one for each claim, in the same order
   */
  @Serdeable
  public record Answers(List<Answer> answers) {}

  /**
   * @param status the HTTP status with which the claim would have been answered alone
   * @param claimed the attempt; null unless the claim was granted
   * @param problem why it was not granted; null if unknown
   */
  @Serdeable
  public record Answer(int status, @Nullable Claimed claimed, @Nullable Problem problem) {}
}
