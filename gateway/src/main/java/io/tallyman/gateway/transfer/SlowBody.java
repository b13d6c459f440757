package io.tallyman.gateway.transfer;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.IncompleteBody;
import io.tallyman.kit.problem.ProblemType;

/** The client sends the body of its request too slowly. The connection is closed. */
final class SlowBody extends IncompleteBody {
  private static final ProblemType TYPE =
      new ProblemType("too-slow", "The request was sent too slowly", HttpStatus.REQUEST_TIMEOUT);

  private static final long serialVersionUID = 1L;

  SlowBody(int minRate) {
    super(
        TYPE,
        ("The body arrived at less than %d bytes per second, so the request was ended. Nothing was"
                + " accepted. Send it again over a faster connection, or compress the file.")
            .formatted(minRate));
  }
}
