package io.tallyman.billing.task;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** A task that may be done only once. */
public final class DuplicateTask extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("duplicate-task", "That is done already", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  DuplicateTask(String task) {
    super(TYPE, "Another " + task + " has done that, or is about to.");
  }
}
