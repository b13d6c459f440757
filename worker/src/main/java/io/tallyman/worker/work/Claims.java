package io.tallyman.worker.work;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.tallyman.worker.work.amqp.Message.Dispatch;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims dispatched tasks for this worker. */
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
   * Claims a task, asking again with the same claim id for as long as there is no answer: the claim
   * may have been granted where the answer was lost.
   *
   * @return empty if the claim is refused: the message means nothing any more
   * @throws InterruptedException if it is time to stop before there is an answer: the message is to
   *     go to another worker
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
          LOG.info("Task {}: not for us ({}); forgetting the message", dispatch.id(), answer);
          return Optional.empty();
        }
        LOG.warn("Task {}: the claim got no answer ({}); asking again", dispatch.id(), answer);
      }
      if (isStopping.getAsBoolean()) {
        throw new InterruptedException("Stopped before the claim was answered");
      }
      backoff.pause();
    }
  }
}
