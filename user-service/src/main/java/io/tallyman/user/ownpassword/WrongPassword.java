package io.tallyman.user.ownpassword;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

/** It is no 401, because the sender is known: clients would renew their tokens. */
final class WrongPassword extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType("wrong-password", "The current password is wrong", HttpStatus.FORBIDDEN);

  private static final long serialVersionUID = 1L;

  WrongPassword() {
    super(
        TYPE,
        "The current password is wrong, so it was not changed. Check it.",
        List.of(new FieldError("/current_password", "is wrong")));
  }
}
