package io.tallyman.gateway.live.session;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** The session, or all sessions together, follow too much already. */
final class TooManySubscriptions extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "too-many-subscriptions", "Too much is followed already", HttpStatus.TOO_MANY_REQUESTS);

  private static final long serialVersionUID = 1L;

  private TooManySubscriptions(String detail) {
    super(TYPE, detail);
  }

  static TooManySubscriptions ofSession(int most) {
    return new TooManySubscriptions(
        "A session has at most %d subscriptions. End one first, or follow a group or a filter."
            .formatted(most));
  }

  static TooManySubscriptions ofAll() {
    return new TooManySubscriptions(
        "The gateway follows too many tasks. Try again later, or follow a filter.");
  }
}
