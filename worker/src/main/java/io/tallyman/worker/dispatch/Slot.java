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
 * Room for one attempt at a time: takes a message, claims its task, runs the attempt, takes the
 * next. The message is kept until the claim is answered. From then on the lease is the truth: where
 * an attempt takes long, its message is acked, and the slot consumes again when it is free.
 *
 * <p>An {@link Error} is treated like any other bug: it is logged, and the slot goes on, so that no
 * worker looks alive and takes nothing. Where memory has run out, the JVM ends the process instead
 * ({@code -XX:+ExitOnOutOfMemoryError}).
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

  /** Takes no more messages, and gives back what it is running. */
  void stop() {
    stopping = true;
    Attempt current = running;
    if (current != null) {
      current.release();
    }
  }

  /** Waits until nothing goes on here, but no longer than that. */
  void awaitEnd(Duration patience) throws InterruptedException {
    if (!thread.join(patience)) {
      thread.interrupt();
    }
  }

  /** Whether a task that is dispatched now would be taken at once. */
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
      // One that came while it was being stopped is left to another worker.
      busy = delivery.isPresent() && !stopping;
      if (busy) {
        take(delivery.get());
      }
    } catch (RuntimeException | Error bug) {
      LOG.error("A slot failed; its message goes to another, and it goes on with the next", bug);
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
      LOG.error("{}: its message cannot be acked; the attempt goes on", claimed, bug);
      consumer.close();
    }
    attempt.awaitEnd();
    running = null;
  }
}
