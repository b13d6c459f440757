package io.tallyman.billing.attempt;

import io.micronaut.http.HttpStatus;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

/** An attempt that no longer decides anything about its task. What it wrote may be deleted. */
public final class NotLive extends Refusal {
  static final ProblemType SUPERSEDED =
      new ProblemType("superseded", "The attempt is no longer the live one", HttpStatus.CONFLICT);
  static final ProblemType REVOKED =
      new ProblemType("revoked", "The task was cancelled", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  public NotLive(UUID id, int attempt, TaskStatus status) {
    super(
        status == TaskStatus.REVOKED ? REVOKED : SUPERSEDED,
        "Attempt " + attempt + " of task " + id + " is not live; the task is " + status + ".");
  }
}
