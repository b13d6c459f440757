package io.tallyman.gateway.rate;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.Map;

/** A user, or a network address without a user, has sent more requests than allowed. */
public final class TooManyRequests extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "too-many-requests", "Too many requests were sent", HttpStatus.TOO_MANY_REQUESTS);

  private static final long serialVersionUID = 1L;

  private final long seconds;

  /**
   * @param seconds until the next request is allowed
   */
  TooManyRequests(long seconds) {
    super(
        TYPE,
        "You have sent more requests than the limit in the header RateLimit-Policy allows, so this"
            + " one was not carried out. Wait as long as Retry-After says, then send it again.");
    this.seconds = seconds;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
  }
}
