package io.tallyman.gateway.rate;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micronaut.http.HttpRequest;
import io.tallyman.kit.rate.RateLimit;
import java.time.Duration;

/** The requests that each of many senders may send. */
final class Quota {
  /** So much of the rate may be sent at once. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final String name;
  private final String policy;
  private final RateLimit limit;

  Quota(String name, int perSecond, TimeMeter clock) {
    long most = perSecond * WINDOW.toSeconds();
    this.name = name;
    this.policy = "\"%s\";q=%d;w=%d".formatted(name, most, WINDOW.toSeconds());
    this.limit = new RateLimit(most, WINDOW, clock);
  }

  ConsumptionProbe take(String sender) {
    return limit.take(sender);
  }

  /**
   * @throws TooManyRequests if the limit is reached; the answer tells what is left in any case
   */
  void count(HttpRequest<?> request, String sender) {
    ConsumptionProbe taken = take(sender);
    request.setAttribute(
        RateHeaders.ATTRIBUTE,
        new RateHeaders.Counted(
            policy, name, taken.getRemainingTokens(), seconds(taken.getNanosToWaitForReset())));
    if (!taken.isConsumed()) {
      throw new TooManyRequests(seconds(taken.getNanosToWaitForRefill()));
    }
  }

  /** Rounded up. */
  private static long seconds(long nanos) {
    return Duration.ofNanos(nanos).plusNanos(999_999_999).toSeconds();
  }
}
