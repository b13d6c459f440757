package io.tallyman.billing.download;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The sheet does not meet a precondition of the request, such as {@code If-Match}. */
final class SheetChanged extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "precondition-failed",
          "The sheet does not match the condition of the request",
          HttpStatus.PRECONDITION_FAILED);

  private static final long serialVersionUID = 1L;

  SheetChanged(Validators sheet) {
    super(
        TYPE,
        "The sheet has the ETag %s and was last modified on %s; neither changes. Ask again without If-Match and If-Unmodified-Since to get it."
            .formatted(sheet.etag(), sheet.lastModifiedHeader()));
  }
}
