package io.tallyman.worker.work;

import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between tries, up to five seconds, of a random length so that workers differ. */
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 5_000;

  private long millis = FIRST_MILLIS;

  void pause() throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis));
    millis = Math.min(2 * millis, LONGEST_MILLIS);
  }
}
