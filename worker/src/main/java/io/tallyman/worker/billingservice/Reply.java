package io.tallyman.worker.billingservice;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.codec.CodecException;
import io.tallyman.kit.problem.Problem;
import java.util.Optional;

/** What billing-service answered where it did not do what was asked. */
public final class Reply {
  private Reply() {}

  /** Whether billing-service understood and refuses: asking again would change nothing. */
  public static boolean isRefusal(HttpClientResponseException reply) {
    return reply.getStatus().getCode() < 500 && !isAbsence(reply);
  }

  /** Whether billing-service cannot answer now, or another service has its address. */
  public static boolean isAbsence(HttpClientResponseException reply) {
    return reply.getStatus() == HttpStatus.SERVICE_UNAVAILABLE
        || reply.getStatus() == HttpStatus.MISDIRECTED_REQUEST;
  }

  /** Empty where the answer is anything else, such as what a proxy or a newer release says. */
  public static Optional<Problem> problem(HttpClientResponseException reply) {
    try {
      return reply.getResponse().getBody(Problem.class).filter(problem -> problem.type() != null);
    } catch (CodecException somethingElse) {
      return Optional.empty();
    }
  }

  /** A few words for the log. */
  public static String describe(HttpClientException failure) {
    if (failure instanceof HttpClientResponseException reply) {
      String detail = problem(reply).map(problem -> ", " + problem.detail()).orElse("");
      return reply.getStatus().getCode() + detail;
    }
    return String.valueOf(failure.getMessage());
  }
}
