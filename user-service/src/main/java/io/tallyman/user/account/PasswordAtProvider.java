package io.tallyman.user.account;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

/** A user of a provider cannot get a password here. */
public final class PasswordAtProvider extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType("password-at-provider", "The user has no password here", HttpStatus.CONFLICT);

  private static final long serialVersionUID = 1L;

  /**
   * @param pointer of the field with the password
   */
  public PasswordAtProvider(String provider, String pointer) {
    super(
        TYPE,
        "The user logs in at " + provider + ". Change the password there.",
        List.of(new FieldError(pointer, "is not known here")));
  }
}
