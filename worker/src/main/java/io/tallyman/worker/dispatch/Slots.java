package io.tallyman.worker.dispatch;

import io.tallyman.kit.amqp.BrokerConnection;
import io.tallyman.worker.attempt.Attempts;
import io.tallyman.worker.billingservice.BillingServiceClient.Report;
import io.tallyman.worker.billingservice.BillingServiceClient.Running;
import io.tallyman.worker.dispatch.amqp.DispatchConsumer;
import io.tallyman.worker.task.LongSlots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All slots of this worker. Each takes a message and runs attempts of any kind. There are as many
 * as attempts of both kinds may run at once; {@link LongSlots} limits the long ones.
 */
@Singleton
final class Slots {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final WorkerConfiguration worker;
  private final LongSlots longSlots;
  private final Places places;
  private final List<Slot> slots;

  Slots(
      WorkerConfiguration worker,
      LongSlots longSlots,
      Places places,
      BrokerConnection broker,
      Claims claims,
      Attempts attempts) {
    this.worker = worker;
    this.longSlots = longSlots;
    this.places = places;
    slots =
        Stream.generate(() -> new Slot(new DispatchConsumer(broker), claims, places, attempts))
            .limit(worker.slots() + worker.lightSlots())
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

  /**
   * Lists the running attempts, and counts the slots that are free. A slot may be neither running
   * nor free for a moment. A long attempt needs a slot that takes its message as well, so no more
   * long slots are free than slots of any kind.
   */
  Report report() {
    List<Running> running = new ArrayList<>();
    int free = 0;
    for (Slot slot : slots) {
      slot.running().stream()
          .map(claimed -> new Running(claimed.taskId(), claimed.attempt()))
          .forEach(running::add);
      if (slot.isFree()) {
        free++;
      }
    }
    free = Math.min(free, places.free());
    int freeLong = Math.min(free, longSlots.free());
    return new Report(
        worker.slots(), freeLong, worker.lightSlots(), free - freeLong, running, true);
  }
}
