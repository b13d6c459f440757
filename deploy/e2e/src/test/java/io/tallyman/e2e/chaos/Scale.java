package io.tallyman.e2e.chaos;

import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.Layout;
import java.time.Duration;

/**
 * The size of the test.
 *
 * @param seed the seed of all random choices
 * @param storm the duration of faults and orders
 */
record Scale(long seed, int orders, Duration storm) {
  private static final String PREFIX = "tallyman.chaos.";
  private static final long USUAL_SEED = 7;

  /**
   * A short run, even shorter on the embedded stack, with a fixed seed. System properties override
   * these values.
   */
  static Scale ofSystemProperties() {
    boolean containers = OwnStack.isInContainers();
    return new Scale(
        Long.getLong(PREFIX + "seed", USUAL_SEED),
        Integer.getInteger(PREFIX + "tasks", containers ? 200 : 100),
        Duration.ofSeconds(Integer.getInteger(PREFIX + "seconds", containers ? 90 : 40)));
  }

  /**
   * Two dispatchers and two watchdogs, and a small sheet store that can be filled quickly. A tenth
   * of it must stay free.
   */
  Layout layout() {
    return new Layout(2, 2, 3, (160 + orders / 3) * 10 / 9);
  }
}
