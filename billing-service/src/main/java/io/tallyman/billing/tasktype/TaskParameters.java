package io.tallyman.billing.tasktype;

import io.tallyman.kit.problem.Problem.FieldError;
import java.util.List;

/** The parameters of one task type: a record. Unknown fields in the client's JSON are refused. */
public interface TaskParameters {
  /**
   * Checks rules that concern several fields. Bean validation checks the single fields.
   *
   * @return the faults; their pointers are relative to the parameters; empty if there are none
   */
  default List<FieldError> faults() {
    return List.of();
  }
}
