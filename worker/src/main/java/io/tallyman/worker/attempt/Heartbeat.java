package io.tallyman.worker.attempt;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.tallyman.kit.request.RequestId;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.BillingServiceClient.Beat;
import io.tallyman.worker.billingservice.Reply;
import io.tallyman.worker.billingservice.Verdict;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.Work;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an attempt's progress to billing-service at fixed intervals. That renews the lease. Every
 * verdict that ends the attempt is passed on. A heartbeat without an answer has no effect:
 * billing-service decides whether the attempt is live when the outcome arrives.
 */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final BillingServiceClient billingService;
  private final Work work;
  private final Consumer<Verdict> ending;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Heartbeat(BillingServiceClient billingService, Work work, Consumer<Verdict> ending) {
    this.billingService = billingService;
    this.work = work;
    this.ending = ending;
  }

  /** Starts the heartbeats; {@link #close} ends them. */
  static Heartbeat start(BillingServiceClient billingService, Work work, Consumer<Verdict> ending) {
    Heartbeat heartbeat = new Heartbeat(billingService, work, ending);
    Thread.ofVirtual().name(work + ", heartbeat").start(RequestId.carriedBy(heartbeat::beat));
    return heartbeat;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void beat() {
    try {
      while (!closed.await(work.claimed().heartbeatMs(), TimeUnit.MILLISECONDS)) {
        tell();
      }
    } catch (InterruptedException nobodyDoesThat) {
      throw new IllegalStateException(nobodyDoesThat);
    }
  }

  private void tell() {
    Claimed claimed = work.claimed();
    try {
      Beat beat = new Beat(work.progress());
      Verdict verdict =
          billingService.heartbeat(claimed.taskId(), claimed.attempt(), beat).verdict();
      if (verdict != Verdict.CONTINUE) {
        ending.accept(verdict);
      }
    } catch (HttpClientException failure) {
      LOG.warn(
          "{}: a heartbeat got no answer ({}); the work goes on", work, Reply.describe(failure));
    } catch (RuntimeException | Error failure) {
      LOG.warn("{}: a heartbeat failed; the work goes on", work, failure);
    }
  }
}
