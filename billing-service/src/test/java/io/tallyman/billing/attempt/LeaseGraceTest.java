package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LeaseGraceTest {
  /** Starts near the end of its range, as {@link System#nanoTime()} may. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);

  private final LeaseGrace leaseGrace =
      new LeaseGrace(Duration.ofSeconds(5), Duration.ofSeconds(15), clock::get);

  @Test
  void nothingMayBeTakenRightAfterAStart() {
    assertThat(keepAfter(0)).isFalse();
    assertThat(keepAfter(5)).isFalse();
    assertThat(keepAfter(5)).isFalse();
    assertThat(keepAfter(4)).isFalse();
    assertThat(keepAfter(1)).isTrue();
    assertThat(keepAfter(1)).isTrue();
  }

  @Test
  void gapBeginsTheGracePeriodAgain() {
    keepAfter(5);
    keepAfter(5);
    assertThat(keepAfter(5)).isTrue();

    assertThat(keepAfter(6)).isFalse();
    assertThat(keepAfter(5)).isFalse();
    assertThat(keepAfter(5)).isFalse();
    assertThat(keepAfter(5)).isTrue();
  }

  private boolean keepAfter(long seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    return leaseGrace.keep();
  }
}
