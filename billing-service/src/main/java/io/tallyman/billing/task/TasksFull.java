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

  /**
   * @param which the tasks that are too many, such as {@code unfinished tasks}
   */
  TasksFull(int most, String which) {
    super(
        TYPE,
        ("The limit of %d %s is reached. Nothing was accepted. Try again later, or cancel tasks"
                + " that are not needed.")
            .formatted(most, which));
  }
}
