package io.tallyman.kit.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import java.util.Map;

/** The chunks or the trailers of a request's body are malformed, so nobody knows where it ends. */
public final class BrokenBody extends Refusal {
  private static final long serialVersionUID = 1L;

  BrokenBody() {
    super(
        ProblemType.of(HttpStatus.BAD_REQUEST),
        "The body is not complete: its chunks or its trailers are malformed (RFC 9112, section"
            + " 7.1). Nothing was accepted. Send the whole request again, written by an HTTP"
            + " library.");
  }

  /** Throws this refusal if it is why a body could not be read or passed on. */
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
