package io.tallyman.kit.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RateLimit limit = new RateLimit(10, Duration.ofSeconds(10), new ManualClock());

  @Test
  void soMuchIsAllowedAtOnceAndLaterOneByOne() {
    IntStream.range(0, 10)
        .forEach(
            taken ->
                assertThat(limit.take("a"))
                    .returns(true, ConsumptionProbe::isConsumed)
                    .returns(9L - taken, ConsumptionProbe::getRemainingTokens));
    assertThat(limit.take("a"))
        .returns(false, ConsumptionProbe::isConsumed)
        .returns(Duration.ofSeconds(1).toNanos(), ConsumptionProbe::getNanosToWaitForRefill)
        .returns(Duration.ofSeconds(10).toNanos(), ConsumptionProbe::getNanosToWaitForReset);

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(limit.take("a").isConsumed()).isTrue();
    assertThat(limit.take("a").isConsumed()).isFalse();
    assertThat(limit.take("b").isConsumed()).isTrue();
  }

  @Test
  void whatWasGivenBackDoesNotCount() {
    IntStream.range(0, 10).forEach(_ -> limit.take("a"));

    limit.giveBack("a");

    assertThat(limit.take("a").isConsumed()).isTrue();
    assertThat(limit.take("a").isConsumed()).isFalse();
  }

  @Test
  void onlySoManyKeysAreRemembered() {
    IntStream.range(0, 3 * RateLimit.MOST_KEYS).forEach(key -> limit.take("key" + key));

    assertThat(limit.keys()).isEqualTo(RateLimit.MOST_KEYS);
  }

  private final class ManualClock implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
