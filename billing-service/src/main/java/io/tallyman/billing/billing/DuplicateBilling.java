package io.tallyman.billing.billing;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class DuplicateBilling extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("duplicate-billing", "The billing is there already", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  /**
   * @param reference null where the content alone told that it is the same
   */
  DuplicateBilling(@Nullable String reference) {
    super(
        TYPE,
        reference == null
            ? "The vendor has a billing with the same content; if this is another one, give it a"
                + " reference."
            : "The vendor has a billing with this reference; each of its billings needs its own.",
        reference == null ? List.of() : List.of(new FieldError("/reference", "is taken")));
  }
}
