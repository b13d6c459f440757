package io.tallyman.billing.task;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class UnknownGroup extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-group", "There is no such group of tasks", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  UnknownGroup(UUID id) {
    super(TYPE, "No group of tasks has the id " + id + ".");
  }
}
