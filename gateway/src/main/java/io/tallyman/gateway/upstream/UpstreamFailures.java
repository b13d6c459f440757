package io.tallyman.gateway.upstream;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Makes every failed call of a declarative client an {@link UpstreamProblem}. Without it the
 * framework would answer null where a service says 404, or nothing.
 *
 * <p>It stands around the call and all other filters. A response filter would not do: the framework
 * runs those of a call once, so a call that fails while another filter gives up on it would have
 * its first failure translated, and its second one thrown as it is.
 */
@ClientFilter(serviceId = {Services.USER, Services.BILLING})
final class UpstreamFailures implements Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamFailures.class);

  /** For all of a call. Its parts have less: to be connected, and each wait for what is read. */
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

  /** Around all others: a client's filters are run from the last to the first. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  /** Every answer that is asked for here has a body: one without it makes no sense. */
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
      return UpstreamProblem.answered(service, answer.code(), problem(answer));
    }
    if (isUsual(failure)) {
      LOG.warn(
          "{} did not answer {} {} ({}); the client is told to try again",
          service,
          request.getMethodName(),
          request.getPath(),
          failure.toString());
    } else {
      LOG.error(
          "{} {} at {} failed in a way that nobody knows; the client is told to try again",
          request.getMethodName(),
          request.getPath(),
          service,
          failure);
    }
    return UpstreamProblem.unavailable(service);
  }

  /** Whether that is how a client of a service says that it got no answer. */
  private static boolean isUsual(Throwable failure) {
    // The latter where a deadline passed, or none of the connections was free in time.
    return failure instanceof HttpClientException || failure instanceof TimeoutException;
  }

  private static String service(HttpRequest<?> request) {
    return BasicHttpAttributes.getServiceId(request).orElseThrow();
  }

  /** Empty where the body is something else, or nothing that can be read. */
  private static Optional<Problem> problem(HttpClientResponseException answer) {
    try {
      return answer.getResponse().getBody(Problem.class);
    } catch (CodecException somethingElse) {
      return Optional.empty();
    }
  }
}
