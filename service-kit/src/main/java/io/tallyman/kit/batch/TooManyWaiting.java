package io.tallyman.kit.batch;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** More requests wait for the database than the service keeps. */
public final class TooManyWaiting extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("too-many-waiting", "Too many requests wait", HttpStatus.SERVICE_UNAVAILABLE);

  private static final long serialVersionUID = 1L;

  TooManyWaiting() {
    super(TYPE, "Too many requests wait for the database. Nothing was stored. Try again later.");
  }
}
