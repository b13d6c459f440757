package io.tallyman.kit.security;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** A token that nobody issued, that has expired, or that is for something else. */
public final class InvalidToken extends Refusal {
  public static final ProblemType TYPE =
      new ProblemType("invalid-token", "The token is not valid", HttpStatus.UNAUTHORIZED);

  private static final long serialVersionUID = 1L;

  /**
   * @param detail what is wrong with the token and what to do; never contains the token
   */
  public InvalidToken(String detail) {
    super(TYPE, detail);
  }

  static InvalidToken notOurs() {
    return new InvalidToken("The token was not issued by this installation. Log in again.");
  }

  /** As RFC 6750, section 3 says. */
  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
  }
}
