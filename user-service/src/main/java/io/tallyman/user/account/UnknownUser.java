package io.tallyman.user.account;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

public final class UnknownUser extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("unknown-user", "There is no such user", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  public UnknownUser(long id) {
    super(TYPE, "No user has the id " + id + ". Check the id.");
  }
}
