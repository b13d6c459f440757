package io.tallyman.billing.tasktype;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** An attempt says that it is done, without what a task of its type is to bring. */
public final class IncompleteOutcome extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "incomplete-outcome", "The outcome lacks something", HttpStatus.UNPROCESSABLE_ENTITY);
  private static final long serialVersionUID = 1L;

  /**
   * @param missing the outcome's field that a task of this type needs
   */
  public IncompleteOutcome(String missing) {
    super(TYPE, "A task of this type is not done without \"" + missing + "\".");
  }
}
