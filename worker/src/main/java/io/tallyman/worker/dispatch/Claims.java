package io.tallyman.worker.dispatch;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.tallyman.kit.batch.GroupCommit;
import io.tallyman.worker.billingservice.Backoff;
import io.tallyman.worker.billingservice.Batch;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.BillingServiceClient.SetAside;
import io.tallyman.worker.billingservice.Claim;
import io.tallyman.worker.billingservice.ClaimBatch;
import io.tallyman.worker.billingservice.ClaimBatch.Answer;
import io.tallyman.worker.billingservice.ClaimBatch.Item;
import io.tallyman.worker.billingservice.Reply;
import io.tallyman.worker.dispatch.amqp.Message.Dispatch;
import io.tallyman.worker.dispatch.amqp.Message.Unreadable;
import io.tallyman.worker.task.Claimed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles messages of the dispatch queue: claims their tasks for this worker. Claims that come
 * while a call is under way share the next call.
 */
@Singleton
final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  /** More than there are slots. */
  private static final int MOST_WAITING = 10_000;

  private final BillingServiceClient billingService;
  private final WorkerConfiguration worker;
  private final GroupCommit<Item, Answer> calls;

  Claims(BillingServiceClient billingService, WorkerConfiguration worker) {
    this.billingService = billingService;
    this.worker = worker;
    this.calls = new GroupCommit<>(this::send, Item::claimId, ClaimBatch.MOST, MOST_WAITING);
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
    Item claim = new Item(dispatch.id(), UUID.randomUUID(), dispatch.dispatchNo());
    Backoff backoff = new Backoff();
    while (true) {
      String refusal;
      try {
        Answer answer = calls.commit(claim);
        refusal = Reply.describe(answer.status(), answer.problem());
        if (answer.claimed() != null) {
          return Optional.of(answer.claimed());
        }
        if (Reply.isRefusal(answer.status())) {
          LOG.debug("Task {}: claim refused ({}); acking the message", dispatch.id(), refusal);
          return Optional.empty();
        }
      } catch (HttpClientException failure) {
        refusal = Reply.describe(failure);
      }
      LOG.warn("Task {}: the claim got no answer ({}); sending it again", dispatch.id(), refusal);
      pause(backoff, isStopping);
    }
  }

  private List<Supplier<Answer>> send(List<Item> claims) {
    return Batch.send(() -> answers(claims), claims.size())
        .map(answers -> answers.stream().<Supplier<Answer>>map(answer -> () -> answer).toList())
        .orElseGet(
            () -> claims.stream().<Supplier<Answer>>map(claim -> () -> sendAlone(claim)).toList());
  }

  private @Nullable List<Answer> answers(List<Item> claims) {
    ClaimBatch.Answers all = billingService.claim(new ClaimBatch(worker.id(), claims));
    return all == null ? null : all.answers();
  }

  private Answer sendAlone(Item claim) {
    try {
      Claimed claimed =
          billingService.claim(
              claim.taskId(), new Claim(claim.claimId(), worker.id(), claim.dispatchNo()));
      return claimed == null
          ? new Answer(HttpStatus.NOT_FOUND.getCode(), null, null)
          : new Answer(HttpStatus.OK.getCode(), claimed, null);
    } catch (HttpClientResponseException refusal) {
      return new Answer(refusal.getStatus().getCode(), null, Reply.problem(refusal).orElse(null));
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
