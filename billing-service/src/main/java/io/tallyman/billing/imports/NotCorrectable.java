package io.tallyman.billing.imports;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class NotCorrectable extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("not-correctable", "The import cannot be corrected", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  NotCorrectable(UUID id) {
    super(
        TYPE,
        "Task " + id + " is not an import that succeeded and stored billings, or it is undone.");
  }
}
