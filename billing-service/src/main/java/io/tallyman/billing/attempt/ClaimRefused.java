package io.tallyman.billing.attempt;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The message that led to the claim means nothing any more: it is to be forgotten. */
final class ClaimRefused extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("claim-refused", "The task cannot be claimed", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  ClaimRefused(String reason) {
    super(TYPE, reason);
  }
}
