package io.tallyman.billing.task;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The limit of unfinished tasks is reached. */
final class TasksFull extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "tasks-full", "The limit of unfinished tasks is reached", HttpStatus.SERVICE_UNAVAILABLE);

  private static final long serialVersionUID = 1L;

  TasksFull(int most) {
    super(
        TYPE,
        "The limit of "
            + most
            + " unfinished tasks is reached. Nothing was accepted. Try again later, or cancel tasks"
            + " that are not needed.");
  }
}
