package io.tallyman.billing.task;

import io.micronaut.http.HttpStatus;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class NotRetryable extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("not-retryable", "The task cannot be retried", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  NotRetryable(UUID id, TaskStatus status) {
    super(
        TYPE,
        "Task "
            + id
            + " is "
            + status
            + ". Only a task that is FAILURE or REVOKED can be retried.");
  }
}
