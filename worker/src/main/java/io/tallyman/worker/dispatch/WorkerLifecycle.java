package io.tallyman.worker.dispatch;

import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.Reply;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the slots with the worker, reports to billing-service every 5 s, and stops the slots at
 * shutdown.
 */
@Singleton
final class WorkerLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLifecycle.class);

  private final WorkerConfiguration worker;
  private final Slots slots;
  private final BillingServiceClient billingService;
  private boolean working;

  WorkerLifecycle(WorkerConfiguration worker, Slots slots, BillingServiceClient billingService) {
    this.worker = worker;
    this.slots = slots;
    this.billingService = billingService;
  }

  @EventListener
  void begin(ServerStartupEvent started) {
    LOG.info(
        "Worker {} takes tasks and runs up to {} long ones and {} others at once",
        worker.id(),
        worker.slots(),
        worker.lightSlots());
    slots.start();
    setWorking(true);
    report();
  }

  /** Runs before the beans that the slots need to finish their work are closed. */
  @EventListener
  void end(ShutdownEvent shutdown) {
    if (setWorking(false)) {
      LOG.info("Worker {} shuts down and gives its running tasks back", worker.id());
      slots.stop();
      leave();
    }
  }

  @Scheduled(fixedRate = "5s", initialDelay = "5s")
  synchronized void report() {
    if (!working) {
      return;
    }
    try {
      billingService.report(worker.id(), slots.report());
    } catch (HttpClientException noAnswer) {
      LOG.warn(
          "billing-service did not answer the worker's report ({}); the next one follows in 5 s",
          Reply.describe(noAnswer));
    }
  }

  /** Returns the value before. When this returns, no report is being sent. */
  private synchronized boolean setWorking(boolean now) {
    boolean before = working;
    working = now;
    return before;
  }

  private void leave() {
    try {
      billingService.leave(worker.id());
    } catch (HttpClientException noAnswer) {
      LOG.info(
          "Worker {} could not sign off; billing-service counts it as gone after 15 s",
          worker.id());
    }
  }
}
