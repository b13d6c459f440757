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
import java.util.stream.Gatherers;

/**
 * The fanout exchange for hints; each gateway binds a queue to it. Publishing is best effort and
 * never blocks the caller: hints are transient and not confirmed, the oldest are dropped when the
 * broker is too slow, and all are dropped while the broker is unreachable.
 */
@Singleton
class EventsExchange implements Hints {
  /** The exchange's name; gateways declare it in the same way and bind their queues to it. */
  static final String NAME = "tallyman.events";

  private static final int MOST_WAITING = 10_000;
  private static final int MOST_IN_A_MESSAGE = 100;

  /** While more hints wait, they have no tasks: these would need too much memory. */
  private static final int MOST_WITH_TASKS = 1_000;

  private final BlockingQueue<Hint> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final PublishingThread<List<Hint>> thread;

  EventsExchange(BrokerConnection broker, HintClient client) {
    thread = new PublishingThread<>("hints", broker, this::next, client::publish);
  }

  @Override
  public void publish(Hint hint) {
    Hint kept = waiting.size() < MOST_WITH_TASKS ? hint : hint.withoutTask();
    while (!waiting.offer(kept)) {
      waiting.poll();
    }
  }

  @PostConstruct
  void start() {
    thread.start();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    thread.stop();
  }

  /**
   * Waits for hints and takes all that are there, as few messages. Of several hints about one task
   * only the last is needed, because the receiver reads the task itself.
   */
  private Collection<List<Hint>> next() throws InterruptedException {
    List<Hint> hints = new ArrayList<>();
    hints.add(waiting.take());
    waiting.drainTo(hints);
    Map<UUID, Hint> last = new LinkedHashMap<>();
    hints.forEach(hint -> last.merge(hint.taskId(), hint, EventsExchange::later));
    return last.values().stream().gather(Gatherers.windowFixed(MOST_IN_A_MESSAGE)).toList();
  }

  private static Hint later(Hint one, Hint other) {
    return one.seq() > other.seq() ? one : other;
  }
}
