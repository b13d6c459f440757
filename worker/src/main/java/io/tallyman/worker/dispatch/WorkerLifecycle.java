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

/** From start to shutdown: the slots work, and billing-service knows of it. */
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
    LOG.info("Worker {} takes tasks, {} at once", worker.id(), slots.count());
    slots.start();
    setWorking(true);
    report();
  }

  /** Called while everything that the slots need to end their work is still there. */
  @EventListener
  void end(ShutdownEvent shutdown) {
    if (setWorking(false)) {
      LOG.info("Worker {} takes no more tasks and gives back what it is running", worker.id());
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
      LOG.warn("billing-service does not answer ({}); going on", Reply.describe(noAnswer));
    }
  }

  /** Returns what it was before. No report is under way when this returns. */
  private synchronized boolean setWorking(boolean now) {
    boolean before = working;
    working = now;
    return before;
  }

  private void leave() {
    try {
      billingService.leave(worker.id());
    } catch (HttpClientException noAnswer) {
      LOG.info("billing-service will notice by itself that worker {} is gone", worker.id());
    }
  }
}
