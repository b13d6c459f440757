package io.tallyman.worker.attempt;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.tallyman.worker.billingservice.Batch;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.BillingServiceClient.Beat;
import io.tallyman.worker.billingservice.HeartbeatBatch;
import io.tallyman.worker.billingservice.Reply;
import io.tallyman.worker.billingservice.Verdict;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.Work;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the progress of all running attempts to billing-service at fixed intervals, in one call.
 * That renews their leases. Every verdict that ends an attempt is passed on. A heartbeat without an
 * answer has no effect: billing-service decides whether the attempt is live when the outcome
 * arrives. The thread is one of the platform, because attempts that compute can delay virtual ones.
 */
@Singleton
final class Heartbeats {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  private final BillingServiceClient billingService;
  private final Set<Beating> running = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition someRun = lock.newCondition();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("heartbeats").unstarted(this::beatUntilInterrupted);

  Heartbeats(BillingServiceClient billingService) {
    this.billingService = billingService;
  }

  /** An attempt, until it is closed. */
  final class Beating implements AutoCloseable {
    private final Work work;
    private final Consumer<Verdict> ending;

    private Beating(Work work, Consumer<Verdict> ending) {
      this.work = work;
      this.ending = ending;
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }

  /** Sends heartbeats for an attempt until the result is closed. */
  Beating begin(Work work, Consumer<Verdict> ending) {
    Beating beating = new Beating(work, ending);
    lock.lock();
    try {
      running.add(beating);
      someRun.signal();
    } finally {
      lock.unlock();
    }
    return beating;
  }

  @PostConstruct
  void start() {
    thread.start();
  }

  @PreDestroy
  void stop() {
    thread.interrupt();
  }

  private void beatUntilInterrupted() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(awaitInterval());
        beat(List.copyOf(running));
      }
    } catch (InterruptedException stop) {
      LOG.debug("The thread that sends heartbeats has stopped");
    }
  }

  /** Waits until attempts run; returns the shortest of their intervals, in milliseconds. */
  private long awaitInterval() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (running.isEmpty()) {
        someRun.await();
      }
      return running.stream()
          .mapToLong(beating -> beating.work.claimed().heartbeatMs())
          .min()
          .orElse(0);
    } finally {
      lock.unlock();
    }
  }

  private void beat(List<Beating> all) {
    for (int first = 0; first < all.size(); first += HeartbeatBatch.MOST) {
      send(all.subList(first, Math.min(first + HeartbeatBatch.MOST, all.size())));
    }
  }

  private void send(List<Beating> some) {
    try {
      List<HeartbeatBatch.Item> items = some.stream().map(Heartbeats::item).toList();
      List<String> verdicts =
          Batch.send(() -> verdicts(items), items.size()).orElseGet(() -> sendEach(items));
      for (int index = 0; index < some.size(); index++) {
        if (!verdicts.get(index).equals(Verdict.CONTINUE.name())) {
          tell(some.get(index), verdicts.get(index));
        }
      }
    } catch (HttpClientException failure) {
      LOG.warn(
          "The heartbeats of {} attempts got no answer ({}); the work goes on",
          some.size(),
          Reply.describe(failure));
    } catch (RuntimeException | Error failure) {
      LOG.warn("The heartbeats of {} attempts failed; the work goes on", some.size(), failure);
    }
  }

  private @Nullable List<String> verdicts(List<HeartbeatBatch.Item> items) {
    HeartbeatBatch.Answers answers = billingService.heartbeat(new HeartbeatBatch(items));
    return answers == null ? null : answers.verdicts();
  }

  private List<String> sendEach(List<HeartbeatBatch.Item> items) {
    return items.stream().map(this::sendAlone).toList();
  }

  private String sendAlone(HeartbeatBatch.Item item) {
    try {
      Beat beat = new Beat(item.progress());
      return billingService.heartbeat(item.taskId(), item.attempt(), beat).verdict().name();
    } catch (RuntimeException failure) {
      LOG.warn("Task {}: a heartbeat failed; the work goes on", item.taskId(), failure);
      return Verdict.CONTINUE.name();
    }
  }

  private static void tell(Beating beating, String name) {
    for (Verdict verdict : Verdict.values()) {
      if (verdict.name().equals(name)) {
        beating.ending.accept(verdict);
        return;
      }
    }
    LOG.warn(
        "{}: billing-service answered {}, which this release does not know", beating.work, name);
  }

  private static HeartbeatBatch.Item item(Beating beating) {
    Claimed claimed = beating.work.claimed();
    return new HeartbeatBatch.Item(claimed.taskId(), claimed.attempt(), beating.work.progress());
  }
}
