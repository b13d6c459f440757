package io.tallyman.kit.credential;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** A request for an internal route does not prove which service sends it. */
final class UnknownCaller extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "unknown-caller", "The caller is not a known service", HttpStatus.UNAUTHORIZED);

  private static final long serialVersionUID = 1L;

  /**
   * @param fault what is wrong with the credential, without its content
   */
  UnknownCaller(String fault) {
    super(TYPE, fault + " Only services with the right TALLYMAN_SECRETS_… can use this route.");
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
  }
}
