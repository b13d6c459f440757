package io.tallyman.e2e.chaos;

import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.Layout;
import java.time.Duration;

/**
 * How much is done to the stack.
 *
 * @param seed of everything that is left to chance
 * @param storm how long faults strike, and orders come
 */
record Scale(long seed, int orders, Duration storm) {
  private static final String PREFIX = "tallyman.chaos.";
  private static final long USUAL_SEED = 7;

  /**
   * Short, shorter still on the embedded stack, and from the same seed each time, but for what the
   * system properties say.
   */
  static Scale ofSystemProperties() {
    boolean containers = OwnStack.isInContainers();
    return new Scale(
        Long.getLong(PREFIX + "seed", USUAL_SEED),
        Integer.getInteger(PREFIX + "tasks", containers ? 200 : 100),
        Duration.ofSeconds(Integer.getInteger(PREFIX + "seconds", containers ? 90 : 40)));
  }

  /**
   * Two dispatchers and two watchdogs at once; a store that can be filled without delay, and of
   * which a tenth stays free otherwise.
   */
  Layout layout() {
    return new Layout(2, 2, 3, (160 + orders / 3) * 10 / 9);
  }
}
