package io.tallyman.billing.billing;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class DuplicateBilling extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("duplicate-billing", "The billing already exists", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  /**
   * @param reference the reference that is in use; null if the billing has none and its content is
   *     the same
   */
  DuplicateBilling(@Nullable String reference) {
    super(
        TYPE,
        reference == null
            ? "The vendor already has a billing with the same content. If this is a different"
                + " billing, give it a reference."
            : "The vendor already has a billing with this reference and the same content.",
        reference == null ? List.of() : List.of(new FieldError("/reference", "is taken")));
  }
}
