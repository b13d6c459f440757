package io.tallyman.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for the middle of something. */
final class Moment {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** By itself Awaitility looks ten times a second, which is too seldom to meet the middle. */
  private static final Duration GAP = Duration.ofMillis(10);

  private Moment() {}

  /** Leaves the processors to what it waits for. */
  static void when(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(GAP).until(condition);
  }
}
