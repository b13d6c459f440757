package io.tallyman.billing.download;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

/** The manifest exists, but the file of the sheet is missing or has another size. */
final class SheetGone extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("sheet-gone", "The file of the sheet is missing", HttpStatus.GONE);

  private static final long serialVersionUID = 1L;

  SheetGone(UUID id) {
    super(
        TYPE,
        "The file of sheet "
            + id
            + " is missing from the store or has another size. Submit its task again.");
  }
}
