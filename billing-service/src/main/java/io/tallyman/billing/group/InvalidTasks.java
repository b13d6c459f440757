package io.tallyman.billing.group;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

/** A group of tasks of which some cannot be accepted, so that none was. */
final class InvalidTasks extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "invalid-tasks",
          "Tasks of the group cannot be accepted",
          HttpStatus.UNPROCESSABLE_ENTITY);

  private static final long serialVersionUID = 1L;

  /**
   * @param invalid how many tasks have faults
   * @param faults all of them, with pointers into the group
   */
  InvalidTasks(int invalid, int tasks, List<FieldError> faults) {
    super(
        TYPE,
        "%d of %d tasks cannot be accepted, so none was; errors names every fault. The first: %s %s"
            .formatted(invalid, tasks, faults.getFirst().pointer(), faults.getFirst().detail()),
        faults);
  }
}
