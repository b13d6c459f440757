package io.tallyman.billing.amqp;

import io.tallyman.billing.state.Hint;
import io.tallyman.billing.state.Hints;
import io.tallyman.kit.amqp.BrokerConnection;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where hints go: a fanout exchange, to which everybody who listens binds a queue. Telling is best
 * effort and never holds anybody up: hints are transient and not confirmed, those that come faster
 * than the broker takes them push out the oldest, and while there is no broker they are dropped.
 */
@Singleton
class EventsExchange implements Hints {
  /** Its name; gateways declare it as here and bind their queues to it. */
  static final String NAME = "tallyman.events";

  private static final Logger LOG = LoggerFactory.getLogger(EventsExchange.class);
  private static final int MOST_WAITING = 10_000;
  private static final long STOP_MILLIS = 2_000;

  private final BrokerConnection broker;
  private final HintClient client;
  private final BlockingQueue<Hint> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread = Thread.ofPlatform().name("hints").daemon().unstarted(this::run);

  EventsExchange(BrokerConnection broker, HintClient client) {
    this.broker = broker;
    this.client = client;
  }

  @Override
  public void publish(Hint hint) {
    while (!waiting.offer(hint)) {
      waiting.poll();
    }
  }

  @PostConstruct
  void start() {
    thread.start();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join(STOP_MILLIS);
  }

  private void run() {
    try {
      while (true) {
        send(waiting.take());
      }
    } catch (InterruptedException stop) {
      LOG.debug("No more hints are told");
    }
  }

  private void send(Hint hint) {
    try {
      if (broker.open().isPresent() && !broker.isBlocked()) {
        client.publish(hint);
      }
    } catch (RuntimeException failure) {
      LOG.debug("{} is lost; who follows the task reads it all the same, later", hint, failure);
    }
  }
}
