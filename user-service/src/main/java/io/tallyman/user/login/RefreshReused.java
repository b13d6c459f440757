package io.tallyman.user.login;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** A refresh token was used twice, so somebody else may have a copy of it. */
final class RefreshReused extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "refresh-reused", "The refresh token was used before", HttpStatus.UNAUTHORIZED);

  private static final long serialVersionUID = 1L;

  RefreshReused() {
    super(
        TYPE,
        "A refresh token of this login was used twice, so another program may have a copy of it."
            + " The login has ended. Log in again.");
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
  }
}
