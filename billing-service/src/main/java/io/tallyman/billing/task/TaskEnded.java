package io.tallyman.billing.task;

import io.micronaut.http.HttpStatus;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class TaskEnded extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("task-ended", "The task has already ended", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  TaskEnded(UUID id, TaskStatus status) {
    super(
        TYPE, "Task " + id + " has already ended with " + status + ", so it cannot be cancelled.");
  }
}
