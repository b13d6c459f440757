package io.tallyman.user.account;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

final class UsernameTaken extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("username-taken", "Another user has this username", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  UsernameTaken(String username) {
    super(
        TYPE,
        "The username " + username + " belongs to another user. Choose a different one.",
        List.of(new FieldError("/username", "is taken")));
  }
}
