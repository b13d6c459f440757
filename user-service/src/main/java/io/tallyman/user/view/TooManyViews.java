package io.tallyman.user.view;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class TooManyViews extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("too-many-views", "The user has too many saved views", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  TooManyViews() {
    super(
        TYPE,
        "A user has at most "
            + SavedViews.MOST
            + " saved views. Delete one that is not used any more.");
  }
}
