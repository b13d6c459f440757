package io.tallyman.billing.vendor;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class UnknownVendor extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-vendor", "There is no such vendor", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  UnknownVendor(long id) {
    super(TYPE, "No vendor has the id " + id + ".");
  }
}
