package io.tallyman.billing.state;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

public final class UnknownTaskId extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-task-id", "There is no such task", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  public UnknownTaskId(UUID id) {
    super(TYPE, "No task has the id " + id + ".");
  }
}
