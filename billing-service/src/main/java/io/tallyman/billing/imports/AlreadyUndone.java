package io.tallyman.billing.imports;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class AlreadyUndone extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("already-undone", "The import is already undone", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  /**
   * @param by the task that undoes the import or has undone it
   */
  AlreadyUndone(UUID id, UUID by) {
    super(TYPE, "Task " + by + " has undone import " + id + ", or is about to do it.");
  }
}
