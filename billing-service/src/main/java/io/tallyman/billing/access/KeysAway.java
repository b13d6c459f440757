package io.tallyman.billing.access;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** user-service does not answer, and its keys were not fetched before. */
final class KeysAway extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "service-unavailable",
          "A service is temporarily unavailable",
          HttpStatus.SERVICE_UNAVAILABLE);

  private static final long serialVersionUID = 1L;

  KeysAway() {
    super(
        TYPE,
        "The access token cannot be checked, because user-service does not answer. Try again in a"
            + " moment.");
  }
}
