package io.tallyman.kit.problem;

import io.micronaut.http.HttpStatus;

/**
 * The chunks or trailers of a body are malformed, so the server cannot know where the body ends.
 */
public final class BrokenBody extends IncompleteBody {
  private static final long serialVersionUID = 1L;

  BrokenBody() {
    super(
        ProblemType.of(HttpStatus.BAD_REQUEST),
        "The body is incomplete: its chunks or its trailers are malformed (RFC 9112, section 7.1)."
            + " Nothing was accepted. Use an HTTP library to write the request, and send all of it"
            + " again.");
  }
}
