package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Waits for the middle of something. */
final class Moment {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Moment() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  /** Awaitility looks ten times a second, which is too seldom to meet something in the middle. */
  static void when(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
