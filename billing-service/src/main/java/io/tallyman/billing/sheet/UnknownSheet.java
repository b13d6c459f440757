package io.tallyman.billing.sheet;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class UnknownSheet extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-sheet", "There is no such sheet", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  UnknownSheet(UUID id) {
    super(TYPE, "No sheet has the id " + id + ".");
  }
}
