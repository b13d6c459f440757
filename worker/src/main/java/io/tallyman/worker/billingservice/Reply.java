package io.tallyman.worker.billingservice;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.codec.CodecException;
import io.tallyman.kit.problem.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Interprets the answers of billing-service to calls that failed. */
public final class Reply {
  private Reply() {}

  /**
   * Whether billing-service refused the call, so that repeating it is useless. If it does not know
   * this worker, the operator can correct the secrets.
   */
  public static boolean isRefusal(HttpClientResponseException reply) {
    return isRefusal(reply.getStatus().getCode());
  }

  /** Whether billing-service refused an item of a call, so that repeating it is useless. */
  public static boolean isRefusal(int status) {
    return status < 500
        && status != HttpStatus.MISDIRECTED_REQUEST.getCode()
        && status != HttpStatus.UNAUTHORIZED.getCode();
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
      return describe(reply.getStatus().getCode(), problem(reply).orElse(null));
    }
    return String.valueOf(failure.getMessage());
  }

  /** The status and the problem's detail, for the log. */
  public static String describe(int status, @Nullable Problem problem) {
    return status + (problem == null ? "" : ", " + problem.detail());
  }
}
