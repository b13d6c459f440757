package io.tallyman.kit.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import java.util.Map;

/** The body is compressed, where only plain JSON is read. */
final class EncodedBody extends Refusal {
  private static final long serialVersionUID = 1L;

  EncodedBody(String encoding) {
    super(
        ProblemType.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
        "The body has \"Content-Encoding: "
            + encoding
            + "\". JSON is read only as it is: send it without an encoding.");
  }

  /** As RFC 9110, section 12.5.3, says for this status. */
  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.ACCEPT_ENCODING, "identity");
  }
}
