package io.tallyman.gateway.live.session;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** Too many sessions are open, in total or from one network address. */
public final class TooManySessions extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "too-many-sessions", "Too many live sessions are open", HttpStatus.TOO_MANY_REQUESTS);

  private static final long serialVersionUID = 1L;

  public TooManySessions() {
    super(
        TYPE,
        "Too many clients, or too many from your network address, follow live events. Close one,"
            + " or try again later.");
  }
}
