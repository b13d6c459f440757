package io.tallyman.worker.dispatch;

import io.tallyman.kit.amqp.BrokerConnection;
import io.tallyman.worker.attempt.Attempts;
import io.tallyman.worker.billingservice.BillingServiceClient.Report;
import io.tallyman.worker.billingservice.BillingServiceClient.Running;
import io.tallyman.worker.dispatch.amqp.DispatchConsumer;
import io.tallyman.worker.task.Claimed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All slots of this worker. */
@Singleton
final class Slots {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final List<Slot> slots;

  Slots(WorkerConfiguration worker, BrokerConnection broker, Claims claims, Attempts attempts) {
    slots =
        Stream.generate(() -> new Slot(new DispatchConsumer(broker), claims, attempts))
            .limit(worker.slots())
            .toList();
  }

  void start() {
    slots.forEach(Slot::start);
  }

  /**
   * Takes no more tasks, gives the running ones back, and waits up to 10 s for all slots to end.
   */
  void stop() {
    slots.forEach(Slot::stop);
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      for (Slot slot : slots) {
        slot.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException hurry) {
      LOG.warn(
          "Stopping before all slots ended; their tasks are tried again when the leases expire");
      Thread.currentThread().interrupt();
    }
  }

  int count() {
    return slots.size();
  }

  /**
   * Counts the slots that run an attempt and those that are free. A slot may be neither for a
   * moment.
   */
  Report report() {
    List<Running> running = new ArrayList<>();
    int free = 0;
    for (Slot slot : slots) {
      Optional<Claimed> claimed = slot.running();
      if (claimed.isPresent()) {
        running.add(new Running(claimed.get().taskId(), claimed.get().attempt()));
      } else if (slot.isFree()) {
        free++;
      }
    }
    return new Report(slots.size(), free, running);
  }
}
