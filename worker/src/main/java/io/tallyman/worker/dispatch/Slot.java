package io.tallyman.worker.dispatch;

import io.tallyman.worker.attempt.Attempt;
import io.tallyman.worker.attempt.Attempts;
import io.tallyman.worker.dispatch.amqp.Delivery;
import io.tallyman.worker.dispatch.amqp.DispatchConsumer;
import io.tallyman.worker.dispatch.amqp.Message.Dispatch;
import io.tallyman.worker.dispatch.amqp.Message.Offer;
import io.tallyman.worker.dispatch.amqp.Message.Unreadable;
import io.tallyman.worker.task.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles one message at a time: takes a message, claims its tasks, runs an attempt of each, takes
 * the next message. It keeps the message until the claims are answered. From then on only the
 * leases count. If the attempts take longer than a second, the slot acks their message and stops
 * consuming until they end.
 *
 * <p>Each attempt needs one of the {@link Places} of this worker. If other attempts keep all places
 * for a second, the message is given back to the broker, for another worker. The claims of its
 * tasks that have begun here are then refused.
 *
 * <p>An {@link Error} is handled like any other bug: it is logged and the slot goes on, so that no
 * worker looks alive but takes no tasks. If memory runs out, the JVM ends the process ({@code
 * -XX:+ExitOnOutOfMemoryError}).
 */
final class Slot {
  private static final Logger LOG = LoggerFactory.getLogger(Slot.class);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final DispatchConsumer consumer;
  private final Claims claims;
  private final Places places;
  private final Attempts attempts;
  private final Thread thread = Thread.ofVirtual().name("slot").unstarted(this::run);
  private volatile boolean busy;
  private volatile boolean stopping;

  /** The attempts of the last message, also those that have ended already. */
  private final List<Attempt> begun = new CopyOnWriteArrayList<>();

  Slot(DispatchConsumer consumer, Claims claims, Places places, Attempts attempts) {
    this.consumer = consumer;
    this.claims = claims;
    this.places = places;
    this.attempts = attempts;
  }

  void start() {
    thread.start();
  }

  /** Takes no more messages, and gives its running tasks back. */
  void stop() {
    stopping = true;
    begun.forEach(Attempt::release);
  }

  /** Waits until the slot's thread ends, at most for this long; then interrupts it. */
  void awaitEnd(Duration patience) throws InterruptedException {
    if (!thread.join(patience)) {
      thread.interrupt();
    }
  }

  /** Whether the slot would take a message at once. */
  boolean isFree() {
    return !busy && !stopping && consumer.isConsuming();
  }

  List<Claimed> running() {
    return begun.stream().filter(attempt -> !attempt.hasEnded()).map(Attempt::claimed).toList();
  }

  private void run() {
    try (consumer) {
      while (!stopping) {
        takeNext();
      }
    } catch (InterruptedException stopped) {
      LOG.debug("A slot was stopped", stopped);
    }
  }

  private void takeNext() throws InterruptedException {
    try {
      Optional<Delivery> delivery = consumer.next();
      // A message that arrived while the slot was being stopped is left to another worker.
      busy = delivery.isPresent() && !stopping;
      if (busy) {
        take(delivery.get());
      }
    } catch (RuntimeException | Error bug) {
      LOG.error("A slot failed; the broker delivers its message again, and the slot goes on", bug);
      consumer.close();
      Thread.sleep(SHORT);
    } finally {
      busy = false;
    }
  }

  private void take(Delivery delivery) throws InterruptedException {
    switch (delivery.message()) {
      case Unreadable unreadable -> {
        claims.setAside(unreadable, () -> stopping);
        delivery.ack();
      }
      case Offer offer -> take(offer.dispatches(), delivery);
    }
  }

  private void take(List<Dispatch> dispatches, Delivery delivery) throws InterruptedException {
    boolean all;
    try {
      all = begin(dispatches);
      settle(delivery, all);
    } catch (RuntimeException | Error bug) {
      consumer.close();
      throw bug;
    } finally {
      for (Attempt attempt : begun) {
        attempt.awaitEnd();
      }
      begun.clear();
    }
    if (!all) {
      awaitPlace();
    }
  }

  /** Returns false if there was no place for some of the tasks. */
  private boolean begin(List<Dispatch> dispatches) throws InterruptedException {
    int next = 0;
    while (next < dispatches.size()) {
      int taken = places.take(dispatches.size() - next, SHORT);
      if (taken == 0) {
        return false;
      }
      claim(dispatches.subList(next, next + taken));
      next += taken;
    }
    return true;
  }

  /** Begins an attempt of each task whose claim is granted. Gives the places of the others back. */
  private void claim(List<Dispatch> dispatches) throws InterruptedException {
    int before = begun.size();
    try {
      claims.claim(dispatches, this::begin, () -> stopping);
    } finally {
      places.giveBack(dispatches.size() - (begun.size() - before));
    }
  }

  private void begin(Claimed claimed) {
    Attempt attempt = attempts.begin(claimed, () -> places.giveBack(1));
    begun.add(attempt);
    if (stopping) {
      attempt.release();
    }
  }

  private void settle(Delivery delivery, boolean all) throws InterruptedException {
    try {
      if (!all || !haveEndedSoon()) {
        consumer.pause();
      }
      if (all) {
        delivery.ack();
      } else {
        delivery.giveBack();
      }
    } catch (RuntimeException | Error bug) {
      LOG.error("{} could not be acked; its attempts go on", delivery.message(), bug);
      consumer.close();
    }
  }

  /** Waits up to a second for the ends of all attempts. Returns whether they have ended. */
  private boolean haveEndedSoon() throws InterruptedException {
    long deadline = System.nanoTime() + SHORT.toNanos();
    for (Attempt attempt : begun) {
      if (!attempt.endsWithin(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  private void awaitPlace() throws InterruptedException {
    while (!stopping) {
      int taken = places.take(1, SHORT);
      if (taken > 0) {
        places.giveBack(taken);
        return;
      }
    }
  }
}
