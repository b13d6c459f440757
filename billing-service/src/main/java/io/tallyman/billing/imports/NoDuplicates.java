package io.tallyman.billing.imports;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class NoDuplicates extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "no-duplicates", "The duplicates of the task are not known", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  NoDuplicates(UUID id) {
    super(TYPE, "Task " + id + " is not an import that succeeded and stored billings.");
  }
}
