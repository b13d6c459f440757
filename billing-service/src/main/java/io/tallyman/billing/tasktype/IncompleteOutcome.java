package io.tallyman.billing.tasktype;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** A DONE outcome lacks a field that the task type needs. */
public final class IncompleteOutcome extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "incomplete-outcome", "The outcome is incomplete", HttpStatus.UNPROCESSABLE_ENTITY);
  private static final long serialVersionUID = 1L;

  /**
   * @param missing the JSON name of that field
   */
  public IncompleteOutcome(String missing) {
    super(TYPE, "The outcome DONE of a task of this type needs the field \"" + missing + "\".");
  }
}
