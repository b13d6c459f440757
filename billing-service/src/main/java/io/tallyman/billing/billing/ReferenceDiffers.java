package io.tallyman.billing.billing;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

final class ReferenceDiffers extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "reference-differs", "The reference exists with other content", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  ReferenceDiffers() {
    super(
        TYPE,
        "The vendor already has billings with this reference, and none with this content. Correct"
            + " the billing, or add it as a further line of the document with on_reference=add.",
        List.of(new FieldError("/reference", "exists with other content")));
  }
}
