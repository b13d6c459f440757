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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
   * Claims tasks. Without an answer it repeats a claim with the same claim id, because
   * billing-service may have granted the first one. When this returns, each claim is granted or
   * refused; a message whose claims are refused is out of date.
   *
   * @param granted gets each attempt as soon as its claim is granted
   * @throws InterruptedException if the worker stops before all claims have an answer; the message
   *     then goes to another worker
   */
  void claim(List<Dispatch> dispatches, Consumer<Claimed> granted, BooleanSupplier isStopping)
      throws InterruptedException {
    List<Item> open =
        dispatches.stream()
            .map(task -> new Item(task.id(), UUID.randomUUID(), task.dispatchNo()))
            .toList();
    Backoff backoff = new Backoff();
    while (true) {
      open = ask(open, granted);
      if (open.isEmpty()) {
        return;
      }
      pause(backoff, isStopping);
    }
  }

  /** Returns the claims without an answer. */
  private List<Item> ask(List<Item> claims, Consumer<Claimed> granted) {
    List<Supplier<Answer>> answers = calls.commit(claims);
    List<Item> open = new ArrayList<>();
    for (int index = 0; index < claims.size(); index++) {
      if (!isAnswered(claims.get(index), answers.get(index), granted)) {
        open.add(claims.get(index));
      }
    }
    return open;
  }

  private static boolean isAnswered(
      Item claim, Supplier<Answer> result, Consumer<Claimed> granted) {
    String failure;
    try {
      Answer answer = result.get();
      if (answer.claimed() != null) {
        granted.accept(answer.claimed());
        return true;
      }
      failure = Reply.describe(answer.status(), answer.problem());
      if (Reply.isRefusal(answer.status())) {
        LOG.debug("Task {}: claim refused ({})", claim.taskId(), failure);
        return true;
      }
    } catch (HttpClientException noAnswer) {
      failure = Reply.describe(noAnswer);
    }
    LOG.warn("Task {}: the claim got no answer ({}); sending it again", claim.taskId(), failure);
    return false;
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
