package io.tallyman.billing.sheet;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The request's {@code If-Match} or {@code If-Unmodified-Since} does not match the sheet. */
final class SheetChanged extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "precondition-failed",
          "The sheet is not the one that the request insists on",
          HttpStatus.PRECONDITION_FAILED);

  private static final long serialVersionUID = 1L;

  SheetChanged(Validators sheet) {
    super(
        TYPE,
        "The sheet has the ETag %s and was last modified on %s; neither changes. Ask again without If-Match and If-Unmodified-Since to get it."
            .formatted(sheet.etag(), sheet.lastModifiedHeader()));
  }
}
