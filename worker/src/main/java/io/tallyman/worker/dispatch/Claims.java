package io.tallyman.worker.dispatch;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.tallyman.worker.billingservice.Backoff;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.BillingServiceClient.SetAside;
import io.tallyman.worker.billingservice.Claim;
import io.tallyman.worker.billingservice.Reply;
import io.tallyman.worker.dispatch.amqp.Message.Dispatch;
import io.tallyman.worker.dispatch.amqp.Message.Unreadable;
import io.tallyman.worker.task.Claimed;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles messages of the dispatch queue: claims their tasks for this worker. */
@Singleton
final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private final BillingServiceClient billingService;
  private final WorkerConfiguration worker;

  Claims(BillingServiceClient billingService, WorkerConfiguration worker) {
    this.billingService = billingService;
    this.worker = worker;
  }

  /**
   * Claims a task. Without an answer it repeats the claim with the same claim id, because
   * billing-service may have granted the first one.
   *
   * @return the attempt; empty if the claim is refused, so that the message is out of date
   * @throws InterruptedException if the worker stops before there is an answer; the message then
   *     goes to another worker
   */
  Optional<Claimed> claim(Dispatch dispatch, BooleanSupplier isStopping)
      throws InterruptedException {
    Claim claim = new Claim(UUID.randomUUID(), worker.id(), dispatch.dispatchNo());
    Backoff backoff = new Backoff();
    while (true) {
      try {
        return Optional.ofNullable(billingService.claim(dispatch.id(), claim));
      } catch (HttpClientException failure) {
        String answer = Reply.describe(failure);
        if (failure instanceof HttpClientResponseException refusal && Reply.isRefusal(refusal)) {
          LOG.debug(
              "Task {}: the claim was refused ({}); acking the message", dispatch.id(), answer);
          return Optional.empty();
        }
        LOG.warn("Task {}: the claim got no answer ({}); sending it again", dispatch.id(), answer);
      }
      pause(backoff, isStopping);
    }
  }

  /**
   * Hands an unreadable message to billing-service. It tries again while billing-service is
   * unavailable. If billing-service refuses the message, it is logged and dropped, so that it does
   * not block others.
   *
   * @throws InterruptedException if the worker stops before that
   */
  void setAside(Unreadable message, BooleanSupplier isStopping) throws InterruptedException {
    LOG.warn(
        "A message of the dispatch queue cannot be read ({}); handing it to billing-service",
        message.reason());
    UUID id = UUID.randomUUID();
    SetAside setAside =
        new SetAside(worker.id(), message.reason(), message.headers(), message.body());
    Backoff backoff = new Backoff();
    while (true) {
      try {
        billingService.setAside(id, setAside);
        return;
      } catch (HttpClientException failure) {
        if (failure instanceof HttpClientResponseException reply && !Reply.isAbsence(reply)) {
          LOG.error(
              "billing-service refused an unreadable message ({}); it is only logged here: {}",
              Reply.describe(failure),
              message);
          return;
        }
        LOG.warn(
            "billing-service did not take the unreadable message ({}); trying again",
            Reply.describe(failure));
      }
      pause(backoff, isStopping);
    }
  }

  private static void pause(Backoff backoff, BooleanSupplier isStopping)
      throws InterruptedException {
    if (isStopping.getAsBoolean()) {
      throw new InterruptedException("Stopped before there was an answer");
    }
    backoff.pause();
  }
}
