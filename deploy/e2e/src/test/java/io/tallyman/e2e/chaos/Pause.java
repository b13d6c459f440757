package io.tallyman.e2e.chaos;

import java.time.Duration;

/**
 * Lets time pass where time itself is what is needed: how long a fault lasts, when an order is due.
 */
final class Pause {
  private Pause() {}

  static void of(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }
}
