package io.tallyman.worker.attempt;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.tallyman.kit.batch.GroupCommit;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.worker.billingservice.Backoff;
import io.tallyman.worker.billingservice.Batch;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.OutcomeBatch;
import io.tallyman.worker.billingservice.OutcomeBatch.Answer;
import io.tallyman.worker.billingservice.OutcomeBatch.Item;
import io.tallyman.worker.billingservice.Reply;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.Outcome;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports outcomes to billing-service and repeats each until there is an answer. Outcomes that come
 * while a call is under way share the next call. Those of long attempts have calls of their own,
 * because billing-service may take long to commit them.
 */
@Singleton
final class OutcomeDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeDelivery.class);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Set<URI> NOT_LIVE =
      Set.of(ProblemType.uri("superseded"), ProblemType.uri("revoked"));

  /** More than there are attempts. */
  private static final int MOST_WAITING = 10_000;

  private final BillingServiceClient billingService;
  private final GroupCommit<Item, Answer> calls;

  OutcomeDelivery(BillingServiceClient billingService) {
    this.billingService = billingService;
    this.calls = new GroupCommit<>(this::send, Item::taskId, OutcomeBatch.MOST, MOST_WAITING);
  }

  enum Receipt {
    /** The outcome is recorded. */
    RECORDED,
    /** The attempt is not live any more, so its sheet may be deleted. */
    NOT_LIVE,
    /** It is unknown whether the outcome was recorded, so its sheet must be kept. */
    UNKNOWN
  }

  /**
   * Delivers an outcome. Without an answer it repeats the call for 15 minutes. While
   * billing-service is committing the outcome, it asks once a second.
   */
  Receipt deliver(Work work, Outcome outcome) throws InterruptedException {
    Backoff backoff = new Backoff();
    long lastAnswer = System.nanoTime();
    while (System.nanoTime() - lastAnswer < PATIENCE.toNanos()) {
      String failure;
      try {
        Answer answer = put(work, outcome);
        failure = Reply.describe(answer.status(), answer.problem());
        if (answer.status() == HttpStatus.OK.getCode()) {
          return Receipt.RECORDED;
        }
        if (answer.status() == HttpStatus.ACCEPTED.getCode()) {
          work.report(work.progress().in("applying"));
          lastAnswer = System.nanoTime();
          backoff = new Backoff();
          Thread.sleep(BETWEEN_QUESTIONS);
          continue;
        }
        if (Reply.isRefusal(answer.status())) {
          return isNotLive(answer) ? Receipt.NOT_LIVE : refused(work, failure);
        }
      } catch (HttpClientException noAnswer) {
        failure = Reply.describe(noAnswer);
      }
      LOG.warn("{}: the outcome got no answer ({}); sending it again", work, failure);
      backoff.pause();
    }
    LOG.error(
        "{}: billing-service took no outcome for {} minutes; the task is tried again",
        work,
        PATIENCE.toMinutes());
    return Receipt.UNKNOWN;
  }

  private Answer put(Work work, Outcome outcome) {
    Claimed claimed = work.claimed();
    Item item = new Item(claimed.taskId(), claimed.attempt(), claimed.requestId(), outcome);
    return work.isLong() ? sendAlone(item) : calls.commit(item);
  }

  private List<Supplier<Answer>> send(List<Item> items) {
    return Batch.send(() -> answers(items), items.size())
        .map(answers -> answers.stream().<Supplier<Answer>>map(answer -> () -> answer).toList())
        .orElseGet(
            () -> items.stream().<Supplier<Answer>>map(item -> () -> sendAlone(item)).toList());
  }

  private @Nullable List<Answer> answers(List<Item> items) {
    OutcomeBatch.Answers all = billingService.outcome(new OutcomeBatch(items));
    return all == null ? null : all.answers();
  }

  private Answer sendAlone(Item item) {
    try {
      HttpStatus status =
          billingService.outcome(item.taskId(), item.attempt(), item.outcome()).getStatus();
      return new Answer(status.getCode(), null);
    } catch (HttpClientResponseException refusal) {
      return new Answer(refusal.getStatus().getCode(), Reply.problem(refusal).orElse(null));
    }
  }

  private static boolean isNotLive(Answer refusal) {
    return refusal.status() == HttpStatus.CONFLICT.getCode()
        && refusal.problem() != null
        && NOT_LIVE.contains(refusal.problem().type());
  }

  private static Receipt refused(Work work, String answer) {
    LOG.error(
        "{}: the outcome was refused ({}); the task is tried again when the lease expires",
        work,
        answer);
    return Receipt.UNKNOWN;
  }
}
