package io.tallyman.billing.amqp;

import io.tallyman.billing.state.ProgressReports;
import io.tallyman.billing.state.TaskProgress;
import io.tallyman.kit.amqp.BrokerConnection;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fanout exchange for progress; each gateway binds its queue to it. It is apart from the
 * exchange of hints, so that progress never displaces a hint. Publishing is best effort: of each
 * task only the latest progress is published, at most four times a second, and nothing while the
 * broker is unreachable.
 */
@Singleton
class ProgressExchange implements ProgressReports {
  /** The exchange's name; gateways declare it in the same way. */
  static final String NAME = "tallyman.progress";

  private static final Logger LOG = LoggerFactory.getLogger(ProgressExchange.class);
  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_MILLIS = 250;
  private static final long STOP_MILLIS = 2_000;

  private final BrokerConnection broker;
  private final ProgressClient client;
  private final Map<UUID, TaskProgress> waiting = new LinkedHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("progress").daemon().unstarted(this::run);

  ProgressExchange(BrokerConnection broker, ProgressClient client) {
    this.broker = broker;
    this.client = client;
  }

  @Override
  public void publish(TaskProgress progress) {
    synchronized (waiting) {
      if (waiting.size() < MOST_WAITING || waiting.containsKey(progress.taskId())) {
        waiting.put(progress.taskId(), progress);
        waiting.notifyAll();
      }
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
        take().forEach(this::send);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException stop) {
      LOG.debug("The thread that publishes progress has stopped");
    }
  }

  private List<TaskProgress> take() throws InterruptedException {
    synchronized (waiting) {
      while (waiting.isEmpty()) {
        waiting.wait();
      }
      List<TaskProgress> latest = List.copyOf(waiting.values());
      waiting.clear();
      return latest;
    }
  }

  private void send(TaskProgress progress) {
    try {
      if (broker.open().isPresent() && !broker.isBlocked()) {
        client.publish(progress);
      }
    } catch (RuntimeException failure) {
      LOG.debug("{} was not published; the next progress follows soon", progress, failure);
    }
  }
}
