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

  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_MILLIS = 250;

  private final Map<UUID, TaskProgress> waiting = new LinkedHashMap<>();
  private final PublishingThread<TaskProgress> thread;

  ProgressExchange(BrokerConnection broker, ProgressClient client) {
    thread = new PublishingThread<>("progress", broker, this::take, client::publish);
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
    thread.stop();
  }

  /** Takes the latest progress of each task, at most four times a second. */
  private List<TaskProgress> take() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    synchronized (waiting) {
      while (waiting.isEmpty()) {
        waiting.wait();
      }
      List<TaskProgress> latest = List.copyOf(waiting.values());
      waiting.clear();
      return latest;
    }
  }
}
