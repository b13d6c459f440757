package io.tallyman.billing.tasktype;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;
import java.util.SortedSet;

/** The task type does not exist, or clients can submit it only through its own route. */
public final class UnknownTask extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "unknown-task", "There is no such task type", HttpStatus.UNPROCESSABLE_ENTITY);

  private static final long serialVersionUID = 1L;

  public UnknownTask(String task, SortedSet<String> known) {
    super(
        TYPE,
        "\""
            + task
            + "\" cannot be submitted here. Task types to submit: "
            + String.join(", ", known),
        List.of(new FieldError("/task", "is not one of " + String.join(", ", known))));
  }
}
