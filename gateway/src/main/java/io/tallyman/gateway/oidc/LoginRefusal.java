package io.tallyman.gateway.oidc;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** A login at the provider that did not succeed. Nobody is logged in by it. */
final class LoginRefusal extends Refusal {
  private static final ProblemType NO_PROVIDER =
      new ProblemType("no-provider", "There is no OpenID provider", HttpStatus.NOT_FOUND);
  private static final ProblemType UNAVAILABLE =
      new ProblemType(
          "provider-unavailable",
          "The OpenID provider does not answer",
          HttpStatus.SERVICE_UNAVAILABLE);
  private static final ProblemType FAILED =
      new ProblemType(
          "provider-failed",
          "The OpenID provider did not confirm the login",
          HttpStatus.BAD_GATEWAY);
  private static final ProblemType DENIED =
      new ProblemType(
          "login-denied", "The login was ended at the OpenID provider", HttpStatus.FORBIDDEN);
  private static final ProblemType EXPIRED =
      new ProblemType(
          "login-expired",
          "This login is too old, or began in another browser",
          HttpStatus.BAD_REQUEST);
  private static final ProblemType CLAIMS_MISSING =
      new ProblemType(
          "provider-claims-missing",
          "The OpenID provider tells too little about the user",
          HttpStatus.BAD_GATEWAY);

  private static final long serialVersionUID = 1L;

  private LoginRefusal(ProblemType type, String detail) {
    super(type, detail);
  }

  static LoginRefusal noProvider() {
    return new LoginRefusal(NO_PROVIDER, "Log in with a username and a password.");
  }

  static LoginRefusal unavailable() {
    return new LoginRefusal(UNAVAILABLE, "Try again in a moment.");
  }

  static LoginRefusal failed() {
    return new LoginRefusal(FAILED, "The log of the gateway has the reason.");
  }

  static LoginRefusal denied() {
    return new LoginRefusal(DENIED, "Log in again.");
  }

  static LoginRefusal expired() {
    return new LoginRefusal(EXPIRED, "Log in again.");
  }

  static LoginRefusal claimsMissing() {
    return new LoginRefusal(CLAIMS_MISSING, "The ID token needs the claim email.");
  }
}
