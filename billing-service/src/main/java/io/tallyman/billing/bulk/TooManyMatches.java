package io.tallyman.billing.bulk;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** More tasks match a filter than one task can change. */
final class TooManyMatches extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("too-many-matches", "Too many tasks match", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  TooManyMatches(int most) {
    super(
        TYPE,
        "More than "
            + most
            + " tasks match. Nothing was changed. Choose fewer, for example by from and to.");
  }
}
