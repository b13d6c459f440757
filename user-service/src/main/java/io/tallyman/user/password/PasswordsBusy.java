package io.tallyman.user.password;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class PasswordsBusy extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "passwords-busy", "Too many passwords wait to be hashed", HttpStatus.SERVICE_UNAVAILABLE);

  private static final long serialVersionUID = 1L;

  PasswordsBusy() {
    super(
        TYPE,
        "Too many passwords are waiting to be hashed. Nothing was changed. Send the request again"
            + " in a moment.");
  }
}
