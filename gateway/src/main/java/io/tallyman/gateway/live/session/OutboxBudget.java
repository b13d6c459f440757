package io.tallyman.gateway.live.session;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Limits what waits to be sent to all clients. If it is too much, the fullest outbox is closed. */
@Singleton
final class OutboxBudget {
  private final long most;
  private final AtomicLong total = new AtomicLong();
  private final Set<Outbox> outboxes = ConcurrentHashMap.newKeySet();

  OutboxBudget(LiveConfiguration configuration) {
    this.most = configuration.totalOutboxBytes();
  }

  void add(Outbox outbox) {
    outboxes.add(outbox);
  }

  void remove(Outbox outbox) {
    outboxes.remove(outbox);
  }

  /** Reserves bytes, or releases them if they are negative. */
  void reserve(int bytes) {
    total.addAndGet(bytes);
  }

  /** Closes outboxes until the rest fits. Must be called without a lock of an outbox. */
  void enforce() {
    while (total.get() > most) {
      Outbox fullest = outboxes.stream().max(Comparator.comparingLong(Outbox::bytes)).orElse(null);
      if (fullest == null) {
        return;
      }
      fullest.close(Close.TOO_SLOW);
    }
  }

  long bytes() {
    return total.get();
  }
}
