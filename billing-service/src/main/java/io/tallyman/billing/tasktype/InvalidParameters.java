package io.tallyman.billing.tasktype;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;
import java.util.stream.Collectors;

final class InvalidParameters extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "invalid-parameters", "The parameters are invalid", HttpStatus.UNPROCESSABLE_ENTITY);

  private static final long serialVersionUID = 1L;

  /**
   * @param faults their pointers are relative to the parameters
   */
  InvalidParameters(String task, List<FieldError> faults) {
    super(
        TYPE,
        "Parameters of " + task + ": " + describe(faults),
        faults.stream()
            .map(fault -> new FieldError("/parameters" + fault.pointer(), fault.detail()))
            .toList());
  }

  private static String describe(List<FieldError> faults) {
    return faults.stream()
        .map(fault -> (fault.pointer() + " " + fault.detail()).strip())
        .collect(Collectors.joining("; "));
  }
}
