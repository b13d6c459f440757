package io.tallyman.billing.sheet;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** An attempt reported a sheet that is not in the store, or has another size there. */
final class SheetMissing extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "sheet-missing", "The sheet is not in the store", HttpStatus.UNPROCESSABLE_ENTITY);

  private static final long serialVersionUID = 1L;

  SheetMissing(String file, long bytes) {
    super(
        TYPE,
        "The store has no file "
            + file
            + " with "
            + bytes
            + " bytes. Check that billing-service and the workers share one store.");
  }
}
