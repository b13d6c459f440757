package io.tallyman.billing.intake;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class AlreadyUndone extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("already-undone", "The import is undone already", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  AlreadyUndone(UUID id) {
    super(TYPE, "Import " + id + " has been undone, or is about to be.");
  }
}
