package io.tallyman.billing.amqp;

import io.tallyman.billing.state.Hint;
import io.tallyman.billing.state.Hints;
import io.tallyman.kit.amqp.BrokerConnection;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fanout exchange for hints; each gateway binds a queue to it. Publishing is best effort and
 * never blocks the caller: hints are transient and not confirmed, the oldest are dropped when the
 * broker is too slow, and all are dropped while the broker is unreachable.
 */
@Singleton
class EventsExchange implements Hints {
  /** The exchange's name; gateways declare it in the same way and bind their queues to it. */
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
        next().forEach(this::send);
      }
    } catch (InterruptedException stop) {
      LOG.debug("The thread that publishes hints has stopped");
    }
  }

  /**
   * Waits for hints and takes all that are there. Of several hints about one task only the last is
   * needed, because the receiver reads the task itself.
   */
  private Collection<Hint> next() throws InterruptedException {
    List<Hint> hints = new ArrayList<>();
    hints.add(waiting.take());
    waiting.drainTo(hints);
    Map<UUID, Hint> last = new LinkedHashMap<>();
    hints.forEach(hint -> last.merge(hint.taskId(), hint, EventsExchange::later));
    return last.values();
  }

  private static Hint later(Hint one, Hint other) {
    return one.seq() > other.seq() ? one : other;
  }

  private void send(Hint hint) {
    try {
      if (broker.open().isPresent() && !broker.isBlocked()) {
        client.publish(hint);
      }
    } catch (RuntimeException failure) {
      LOG.debug(
          "{} was not published; gateways read the change a few seconds later", hint, failure);
    }
  }
}
