package io.tallyman.billing.amqp;

import io.tallyman.kit.amqp.BrokerConnection;
import java.util.Collection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages of one kind, best effort: a message is dropped while the broker cannot be
 * reached, or if it cannot be published.
 */
final class PublishingThread<M> {
  private static final Logger LOG = LoggerFactory.getLogger(PublishingThread.class);
  private static final long STOP_MILLIS = 2_000;

  private final BrokerConnection broker;
  private final Source<M> source;
  private final Consumer<M> publisher;
  private final Thread thread;

  /** Where the messages come from. */
  interface Source<M> {
    /** Waits until there are messages, and takes all of them. */
    Collection<M> take() throws InterruptedException;
  }

  PublishingThread(String name, BrokerConnection broker, Source<M> source, Consumer<M> publisher) {
    this.broker = broker;
    this.source = source;
    this.publisher = publisher;
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join(STOP_MILLIS);
  }

  private void run() {
    try {
      while (true) {
        source.take().forEach(this::publish);
      }
    } catch (InterruptedException stop) {
      LOG.debug("The thread that publishes {} has stopped", thread.getName());
    }
  }

  private void publish(M message) {
    try {
      if (broker.open().isPresent() && !broker.isBlocked()) {
        publisher.accept(message);
      }
    } catch (RuntimeException failure) {
      LOG.debug("{} was not published", message, failure);
    }
  }
}
