package io.tallyman.billing.profile;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class UnknownProfile extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-profile", "There is no such import profile", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  UnknownProfile(String name) {
    super(TYPE, "No import profile has the name \"" + name + "\".");
  }
}
