package io.tallyman.billing.billing;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class UnknownBilling extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-billing", "There is no such billing", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  UnknownBilling(long id) {
    super(TYPE, "No billing has the id " + id + ".");
  }
}
