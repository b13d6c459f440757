package io.tallyman.worker.billingservice;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.codec.CodecException;
import io.tallyman.kit.problem.Problem;
import java.util.Optional;

/** Interprets the answers of billing-service to calls that failed. */
public final class Reply {
  private Reply() {}

  /** Whether billing-service refused the call, so that repeating it is useless. */
  public static boolean isRefusal(HttpClientResponseException reply) {
    return reply.getStatus().getCode() < 500 && !isAbsence(reply);
  }

  /** Whether billing-service is unavailable, or another service answered at its address. */
  public static boolean isAbsence(HttpClientResponseException reply) {
    return reply.getStatus() == HttpStatus.SERVICE_UNAVAILABLE
        || reply.getStatus() == HttpStatus.MISDIRECTED_REQUEST;
  }

  /** The problem in the answer; empty if the body is something else, for example from a proxy. */
  public static Optional<Problem> problem(HttpClientResponseException reply) {
    try {
      return reply.getResponse().getBody(Problem.class).filter(problem -> problem.type() != null);
    } catch (CodecException somethingElse) {
      return Optional.empty();
    }
  }

  /** The status and the problem's detail, or the exception's message, for the log. */
  public static String describe(HttpClientException failure) {
    if (failure instanceof HttpClientResponseException reply) {
      String detail = problem(reply).map(problem -> ", " + problem.detail()).orElse("");
      return reply.getStatus().getCode() + detail;
    }
    return String.valueOf(failure.getMessage());
  }
}
