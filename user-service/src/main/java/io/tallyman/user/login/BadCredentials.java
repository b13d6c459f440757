package io.tallyman.user.login;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** The answer is the same for an unknown user and for a wrong password. */
final class BadCredentials extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "bad-credentials", "The username or the password is wrong", HttpStatus.UNAUTHORIZED);

  private static final long serialVersionUID = 1L;

  BadCredentials() {
    super(TYPE, "No user has this username and this password. Check both.");
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
  }
}
