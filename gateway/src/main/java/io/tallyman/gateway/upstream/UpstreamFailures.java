package io.tallyman.gateway.upstream;

import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.codec.CodecException;
import io.tallyman.kit.problem.Problem;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every failed call of a declarative client an {@link UpstreamProblem}. Without it the
 * framework would answer null where a service says 404, or nothing.
 */
@ClientFilter(serviceId = {"user-service", "billing-service"})
final class UpstreamFailures {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamFailures.class);

  /** Every answer that is asked for here has a body: one without it makes no sense. */
  @ResponseFilter
  void requireBody(HttpRequest<?> request, HttpResponse<?> answer) {
    if (answer.getHeaders().contentLength().orElse(-1) == 0) {
      throw UpstreamProblem.answered(service(request), answer.code(), Optional.empty());
    }
  }

  @ResponseFilter
  void translate(HttpRequest<?> request, Throwable failure) {
    if (failure instanceof UpstreamProblem) {
      return;
    }
    String service = service(request);
    if (failure instanceof HttpClientResponseException answer) {
      throw UpstreamProblem.answered(service, answer.code(), problem(answer));
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
    throw UpstreamProblem.unavailable(service);
  }

  /** Whether that is how a client of a service says that it got no answer. */
  private static boolean isUsual(Throwable failure) {
    // The latter where none of the connections to the service was free in time.
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
