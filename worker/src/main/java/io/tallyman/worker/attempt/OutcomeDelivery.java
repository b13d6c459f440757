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

/** Tells billing-service how attempts ended, until it has answered. */
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
    /** The outcome stands. */
    RECORDED,
    /** The attempt no longer counted: what it wrote is nobody's. */
    NOT_LIVE,
    /** It cannot be known what became of the outcome: what the attempt wrote may be the result. */
    UNKNOWN
  }

  /**
   * Delivers an outcome, the same again and again where there is no answer, for a quarter of an
   * hour. While it is being applied, asks once a second.
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
        LOG.warn("{}: the outcome got no answer ({}); asking again", work, answer);
        backoff.pause();
      }
    }
    LOG.error("{}: nobody took the outcome; its lease runs out and it is tried again", work);
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
        "{}: the outcome was refused ({}); its lease runs out and it is tried again", work, answer);
    return Receipt.UNKNOWN;
  }
}
