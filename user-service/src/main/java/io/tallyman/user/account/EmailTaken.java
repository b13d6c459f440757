package io.tallyman.user.account;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

final class EmailTaken extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("email-taken", "Another user has this email", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  EmailTaken(String email) {
    super(
        TYPE,
        "The email " + email + " belongs to another user. Choose a different one.",
        List.of(new FieldError("/email", "is taken")));
  }
}
