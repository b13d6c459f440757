package io.tallyman.user.view;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class UnknownView extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-view", "There is no such saved view", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  UnknownView(long id) {
    super(TYPE, "You have no saved view with the id " + id + ". Check the id.");
  }
}
