package io.tallyman.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;

/** Waits for a moment in the middle of a process. */
public final class Moment {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Awaitility polls ten times per second by default, which is too seldom here. */
  private static final Duration GAP = Duration.ofMillis(10);

  private Moment() {}

  /** An eta that does not come during a test. */
  public static String later() {
    return Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Leaves the processors to what it waits for. */
  static void when(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(GAP).until(condition);
  }
}
