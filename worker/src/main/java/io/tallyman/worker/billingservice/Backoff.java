package io.tallyman.worker.billingservice;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between tries: at most 100 ms at first, doubled up to 5 s, with jitter so that workers do
 * not act at the same time.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 5_000;

  private long millis = FIRST_MILLIS;

  public void pause() throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis));
    millis = Math.min(2 * millis, LONGEST_MILLIS);
  }
}
