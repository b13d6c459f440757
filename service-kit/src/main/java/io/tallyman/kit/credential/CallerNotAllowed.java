package io.tallyman.kit.credential;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** A known service requests an internal route that is not for it. */
final class CallerNotAllowed extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "caller-not-allowed", "The route is not for this service", HttpStatus.FORBIDDEN);

  private static final long serialVersionUID = 1L;

  CallerNotAllowed(String caller) {
    super(TYPE, "This route is not for " + caller + ". Update both services to the same release.");
  }
}
