package io.tallyman.worker.dispatch;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits how many attempts of any kind this worker runs at once: each has a place. */
@Singleton
final class Places {
  private final Semaphore free;

  Places(WorkerConfiguration worker) {
    free = new Semaphore(worker.slots() + worker.lightSlots(), true);
  }

  /** The number of free places. */
  int free() {
    return free.availablePermits();
  }

  /** Takes at least one place and at most so many. Returns how many; 0 if none became free. */
  int take(int most, Duration patience) throws InterruptedException {
    if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return 0;
    }
    int taken = 1;
    while (taken < most && free.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  void giveBack(int places) {
    free.release(places);
  }
}
