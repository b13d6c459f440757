package io.tallyman.billing.attempt;

import io.micronaut.http.HttpStatus;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

/**
 * The attempt is not live any more, so its report changes nothing. The worker may delete its sheet.
 */
public final class NotLive extends Refusal {
  static final ProblemType SUPERSEDED =
      new ProblemType("superseded", "The attempt is no longer the live one", HttpStatus.CONFLICT);
  static final ProblemType REVOKED =
      new ProblemType("revoked", "The task was cancelled", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  public NotLive(UUID id, int attempt, TaskStatus status) {
    super(
        status == TaskStatus.REVOKED ? REVOKED : SUPERSEDED,
        "Attempt "
            + attempt
            + " of task "
            + id
            + " is no longer the current attempt; the task is "
            + status
            + ".");
  }
}
