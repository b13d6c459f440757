package io.tallyman.billing.group;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

/** Some tasks of a group are invalid, so no task of it was accepted. */
final class InvalidTasks extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "invalid-tasks", "The group has invalid tasks", HttpStatus.UNPROCESSABLE_ENTITY);

  private static final long serialVersionUID = 1L;

  /**
   * @param invalid how many tasks have faults
   * @param faults the faults of all tasks; their pointers start at the group
   */
  InvalidTasks(int invalid, int tasks, List<FieldError> faults) {
    super(
        TYPE,
        "%d of %d tasks are invalid, so none was accepted; errors lists every fault. First: %s %s"
            .formatted(invalid, tasks, faults.getFirst().pointer(), faults.getFirst().detail()),
        faults);
  }
}
