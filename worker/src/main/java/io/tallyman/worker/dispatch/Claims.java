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

/** Answers the messages of the dispatch queue: claims their tasks for this worker. */
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
      pause(backoff, isStopping);
    }
  }

  /**
   * Hands a message to billing-service that cannot be read, asking again while that is away. One
   * that is not taken there is logged as a whole, since it must not hold up others.
   *
   * @throws InterruptedException if it is time to stop before that
   */
  void setAside(Unreadable message, BooleanSupplier isStopping) throws InterruptedException {
    LOG.warn("A message of the dispatch queue cannot be read: {}", message.reason());
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
          LOG.error("billing-service does not take {} ({})", message, Reply.describe(failure));
          return;
        }
        LOG.warn("It cannot be set aside ({}); trying again", Reply.describe(failure));
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
