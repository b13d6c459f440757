package io.tallyman.billing.task;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** Another task already does, or did, what may be done only once. */
public final class DuplicateTask extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("duplicate-task", "The same task already exists", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  DuplicateTask(String task) {
    super(TYPE, "Another task of type " + task + " has already done this, or is about to do it.");
  }
}
