package io.tallyman.gateway.upstream;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.codec.CodecException;
import io.micronaut.http.filter.FilterContinuation;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.request.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Turns every failed call of a declarative client into an {@link UpstreamProblem}. Without it, the
 * framework would return null if a service answers 404 or sends no body.
 *
 * <p>It runs outside of the call and all other filters. A response filter would not be enough: the
 * framework runs it once per call. If a call fails after another filter has timed out, the filter
 * would convert the first failure only.
 */
@ClientFilter(serviceId = {Services.USER, Services.BILLING, Services.WORKER})
final class UpstreamFailures implements Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamFailures.class);

  /** The time limit of the complete call. Connecting and each read have shorter limits. */
  private final Duration deadline;

  UpstreamFailures(UpstreamConfiguration configuration) {
    this.deadline = configuration.deadline();
  }

  @RequestFilter
  Publisher<HttpResponse<?>> translated(
      MutableHttpRequest<?> request, FilterContinuation<Publisher<HttpResponse<?>>> call) {
    Deadline.limit(request, deadline);
    return Flux.from(call.proceed())
        .timeout(deadline)
        .doOnNext(answer -> requireBody(request, answer))
        .onErrorMap(failure -> translate(request, failure));
  }

  /**
   * Runs outside of all other filters, because the filters of a client run from the last to the
   * first.
   */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  /** Every expected answer has a body, so an answer without a body is a failure. */
  private static void requireBody(HttpRequest<?> request, HttpResponse<?> answer) {
    if (answer.getHeaders().contentLength().orElse(-1) == 0) {
      throw UpstreamProblem.answered(service(request), answer.code(), Optional.empty());
    }
  }

  private static UpstreamProblem translate(HttpRequest<?> request, Throwable failure) {
    if (failure instanceof UpstreamProblem problem) {
      return problem;
    }
    String service = service(request);
    if (failure instanceof HttpClientResponseException answer) {
      return UpstreamProblem.answered(service, answer.code(), problem(answer))
          .with(passedOn(answer.getResponse().getHeaders(), answer.code()));
    }
    if (isUsual(failure)) {
      LOG.warn(
          "{} did not answer {} {} ({}); the client gets a 503 and can try again",
          service,
          request.getMethodName(),
          request.getPath(),
          failure.toString());
    } else {
      LOG.error(
          "{} {} at {} failed unexpectedly; the client gets a 503 and can try again",
          request.getMethodName(),
          request.getPath(),
          service,
          failure);
    }
    return UpstreamProblem.unavailable(service);
  }

  /** The headers that belong to the problem: how to log in, and how long to wait. */
  private static Map<String, String> passedOn(HttpHeaders headers, int status) {
    if (status == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
      return Map.of();
    }
    Map<String, String> passedOn = new HashMap<>();
    for (String name : List.of(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER)) {
      headers.findFirst(name).ifPresent(value -> passedOn.put(name, value));
    }
    return passedOn;
  }

  /** Whether the failure means that the service did not answer. */
  private static boolean isUsual(Throwable failure) {
    // A timeout: a deadline passed, or no connection was free in time.
    return failure instanceof HttpClientException || failure instanceof TimeoutException;
  }

  private static String service(HttpRequest<?> request) {
    return BasicHttpAttributes.getServiceId(request).orElseThrow();
  }

  /** Empty if the body is not a problem, or cannot be read. */
  private static Optional<Problem> problem(HttpClientResponseException answer) {
    try {
      return answer.getResponse().getBody(Problem.class);
    } catch (CodecException somethingElse) {
      return Optional.empty();
    }
  }
}
