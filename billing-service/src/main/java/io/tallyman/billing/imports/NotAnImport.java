package io.tallyman.billing.imports;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

final class NotAnImport extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("not-an-import", "The task is not an import", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  NotAnImport(UUID id) {
    super(TYPE, "Task " + id + " is not an import. Retry it with POST /tasks/{id}/retry.");
  }
}
