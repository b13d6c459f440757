package io.tallyman.billing.task;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** As many tasks have not ended as this service keeps. */
final class TasksFull extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("tasks-full", "Too many tasks wait", HttpStatus.SERVICE_UNAVAILABLE);

  private static final long serialVersionUID = 1L;

  TasksFull(int most) {
    super(
        TYPE,
        "Of at most "
            + most
            + " tasks that have not ended there is no place left for what was asked for, and"
            + " nothing of it was accepted; ask again later, or cancel what is not needed.");
  }
}
