package io.tallyman.kit.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import java.util.Map;

/**
 * The chunks or trailers of a body are malformed, so the server cannot know where the body ends.
 */
public final class BrokenBody extends Refusal {
  private static final long serialVersionUID = 1L;

  BrokenBody() {
    super(
        ProblemType.of(HttpStatus.BAD_REQUEST),
        "The body is incomplete: its chunks or its trailers are malformed (RFC 9112, section 7.1)."
            + " Nothing was accepted. Use an HTTP library to write the request, and send all of it"
            + " again.");
  }

  /** Throws this refusal if it caused the failure to read a body or to pass it on. */
  public static void throwIfCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokenBody broken) {
        throw broken;
      }
    }
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.CONNECTION, "close");
  }
}
