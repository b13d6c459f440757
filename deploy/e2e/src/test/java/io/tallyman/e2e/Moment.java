package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Waits for a moment in the middle of a process. */
final class Moment {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Moment() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  /** Awaitility polls ten times per second by default, which is too seldom here. */
  static void when(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
