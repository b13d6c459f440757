package io.tallyman.worker.task;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The slots of this worker for long attempts. Memory limits their number. An attempt takes one when
 * it turns out to be long; until then it needs only the slot that took its message. Slots are given
 * in the order of the requests.
 */
@Singleton
public final class LongSlots {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(1);

  private final Semaphore free;
  private final int mostPatient;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param slots the long attempts that run at once
   * @param lightSlots the attempts that run at once besides
   */
  public LongSlots(
      @Value("${tallyman.worker.slots}") int slots,
      @Value("${tallyman.worker.light-slots}") int lightSlots) {
    free = new Semaphore(slots, true);
    mostPatient = lightSlots / 2;
  }

  /** The number of free slots. */
  public int free() {
    return free.availablePermits();
  }

  /** Takes a slot if one is free and no other attempt waits for it. */
  boolean take() {
    try {
      return free.tryAcquire(0, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Waits for a free slot: up to 30 s, but 1 s if half of the light slots wait already, because
   * light attempts need them.
   *
   * @return whether the slot was taken
   */
  boolean await() throws InterruptedException {
    int before = waiting.getAndIncrement();
    try {
      Duration patience = before < mostPatient ? PATIENCE : SHORT_PATIENCE;
      return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  void giveBack() {
    free.release();
  }
}
