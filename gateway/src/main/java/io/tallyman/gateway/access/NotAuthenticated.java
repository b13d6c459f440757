package io.tallyman.gateway.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** The route is only for senders that are known, but the request has no token and no session. */
final class NotAuthenticated extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType("not-authenticated", "The request has no token", HttpStatus.UNAUTHORIZED);

  private static final long serialVersionUID = 1L;

  NotAuthenticated() {
    super(
        TYPE,
        "This route needs to know who sends the request. Log in at /api/v1/auth/login, and send the"
            + " access token in the header Authorization: Bearer. Programs send an API key instead,"
            + " and browsers the cookie of a session.");
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
  }
}
