package io.tallyman.gateway.transfer;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The user has as many uploads or downloads as one user may have at once. */
final class TooManyTransfers extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "too-many-transfers",
          "Too many uploads or downloads are running",
          HttpStatus.TOO_MANY_REQUESTS);

  private static final long serialVersionUID = 1L;

  TooManyTransfers(int most) {
    super(
        TYPE,
        ("You already have %d of them running, which is the most for one user. Wait until one of"
                + " them has ended, then try again.")
            .formatted(most));
  }
}
