package io.tallyman.e2e.chaos;

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

  /** Short, and from the same seed each time, but for what the system properties say. */
  static Scale ofSystemProperties() {
    return new Scale(
        Long.getLong(PREFIX + "seed", USUAL_SEED),
        Integer.getInteger(PREFIX + "tasks", 200),
        Duration.ofSeconds(Integer.getInteger(PREFIX + "seconds", 90)));
  }

  /** Two dispatchers and two watchdogs at once; a store that can be filled without delay. */
  Layout layout() {
    return new Layout(2, 2, 3, 160 + orders / 3);
  }
}
