package io.tallyman.worker.dispatch;

import io.tallyman.worker.attempt.Attempt;
import io.tallyman.worker.attempt.Attempts;
import io.tallyman.worker.dispatch.amqp.Delivery;
import io.tallyman.worker.dispatch.amqp.DispatchConsumer;
import io.tallyman.worker.dispatch.amqp.Message.Dispatch;
import io.tallyman.worker.dispatch.amqp.Message.Unreadable;
import io.tallyman.worker.task.Claimed;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one attempt at a time: takes a message, claims its task, runs the attempt, takes the next
 * message. It keeps the message until the claim is answered. From then on only the lease counts. If
 * an attempt takes longer than a second, the slot acks its message and stops consuming until the
 * attempt ends.
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
  private final Attempts attempts;
  private final Thread thread = Thread.ofVirtual().name("slot").unstarted(this::run);
  private volatile boolean busy;
  private volatile boolean stopping;
  private volatile @Nullable Attempt running;

  Slot(DispatchConsumer consumer, Claims claims, Attempts attempts) {
    this.consumer = consumer;
    this.claims = claims;
    this.attempts = attempts;
  }

  void start() {
    thread.start();
  }

  /** Takes no more messages, and gives its running task back. */
  void stop() {
    stopping = true;
    Attempt current = running;
    if (current != null) {
      current.release();
    }
  }

  /** Waits until the slot's thread ends, at most for this long; then interrupts it. */
  void awaitEnd(Duration patience) throws InterruptedException {
    if (!thread.join(patience)) {
      thread.interrupt();
    }
  }

  /** Whether the slot would take a newly dispatched task at once. */
  boolean isFree() {
    return !busy && !stopping && consumer.isConsuming();
  }

  Optional<Claimed> running() {
    return Optional.ofNullable(running).map(Attempt::claimed);
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
      case Dispatch dispatch -> {
        Optional<Claimed> claimed = claims.claim(dispatch, () -> stopping);
        if (claimed.isPresent()) {
          execute(claimed.get(), delivery);
        } else {
          delivery.ack();
        }
      }
    }
  }

  private void execute(Claimed claimed, Delivery delivery) throws InterruptedException {
    Attempt attempt = attempts.begin(claimed);
    running = attempt;
    try {
      if (stopping) {
        attempt.release();
      }
      if (!attempt.endsWithin(SHORT)) {
        consumer.pause();
      }
      delivery.ack();
    } catch (RuntimeException | Error bug) {
      LOG.error("{}: its message could not be acked; the attempt goes on", claimed, bug);
      consumer.close();
    }
    attempt.awaitEnd();
    running = null;
  }
}
