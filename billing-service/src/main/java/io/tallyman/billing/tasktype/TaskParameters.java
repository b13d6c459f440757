package io.tallyman.billing.tasktype;

import io.tallyman.kit.problem.Problem.FieldError;
import java.util.List;

/**
 * What a task of one type is told to do: a record, read strictly from what the client submitted.
 */
public interface TaskParameters {
  /**
   * What is wrong beyond the single fields, which bean validation checks.
   *
   * @return errors with pointers relative to the parameters
   */
  default List<FieldError> faults() {
    return List.of();
  }
}
