package io.tallyman.user.login;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.time.Duration;
import java.util.Map;

final class TooManyFailures extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "too-many-logins", "Too many logins have failed", HttpStatus.TOO_MANY_REQUESTS);

  private static final long serialVersionUID = 1L;

  private final long seconds;

  /**
   * @param pause until the next attempt is allowed
   */
  TooManyFailures(Duration pause) {
    super(
        TYPE,
        "Too many logins have failed, so the password was not checked. Wait as long as Retry-After"
            + " says.");
    this.seconds = pause.plusNanos(999_999_999).toSeconds();
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
  }
}
