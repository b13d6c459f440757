package io.tallyman.worker.attempt;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.worker.billingservice.Backoff;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.billingservice.Reply;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.Outcome;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports outcomes to billing-service and repeats each until there is an answer. */
@Singleton
final class OutcomeDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeDelivery.class);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Set<URI> NOT_LIVE =
      Set.of(ProblemType.uri("superseded"), ProblemType.uri("revoked"));

  private final BillingServiceClient billingService;

  OutcomeDelivery(BillingServiceClient billingService) {
    this.billingService = billingService;
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
      try {
        HttpStatus answer = put(work, outcome);
        if (answer != HttpStatus.ACCEPTED) {
          return answer == HttpStatus.OK ? Receipt.RECORDED : refused(work, answer.toString());
        }
        work.report(work.progress().in("applying"));
        lastAnswer = System.nanoTime();
        backoff = new Backoff();
        Thread.sleep(BETWEEN_QUESTIONS);
      } catch (HttpClientException failure) {
        String answer = Reply.describe(failure);
        if (failure instanceof HttpClientResponseException refusal && Reply.isRefusal(refusal)) {
          return isNotLive(refusal) ? Receipt.NOT_LIVE : refused(work, answer);
        }
        LOG.warn("{}: the outcome got no answer ({}); sending it again", work, answer);
        backoff.pause();
      }
    }
    LOG.error(
        "{}: billing-service took no outcome for {} minutes; the task is tried again",
        work,
        PATIENCE.toMinutes());
    return Receipt.UNKNOWN;
  }

  private HttpStatus put(Work work, Outcome outcome) {
    Claimed claimed = work.claimed();
    return billingService.outcome(claimed.taskId(), claimed.attempt(), outcome).getStatus();
  }

  private static boolean isNotLive(HttpClientResponseException refusal) {
    return refusal.getStatus() == HttpStatus.CONFLICT
        && Reply.problem(refusal).filter(problem -> NOT_LIVE.contains(problem.type())).isPresent();
  }

  private static Receipt refused(Work work, String answer) {
    LOG.error(
        "{}: the outcome was refused ({}); the task is tried again when the lease expires",
        work,
        answer);
    return Receipt.UNKNOWN;
  }
}
