package io.tallyman.e2e.chaos;

import java.time.Duration;

/**
 * Waits for a fixed time, where the time itself matters: the duration of a fault, or the due time
 * of an order.
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
