package io.tallyman.gateway.upstream;

import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
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
 * framework would answer null where a service says 404.
 */
@ClientFilter(serviceId = {"user-service", "billing-service"})
final class UpstreamFailures {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamFailures.class);

  @ResponseFilter
  void translate(HttpRequest<?> request, Throwable failure) {
    String service = BasicHttpAttributes.getServiceId(request).orElseThrow();
    if (failure instanceof HttpClientResponseException answer) {
      throw UpstreamProblem.answered(service, answer.code(), problem(answer));
    }
    // The latter where none of the connections to the service was free in time.
    if (failure instanceof HttpClientException || failure instanceof TimeoutException) {
      LOG.warn(
          "{} did not answer {} {} ({}); the client is told to try again",
          service,
          request.getMethodName(),
          request.getPath(),
          failure.toString());
      throw UpstreamProblem.unavailable(service);
    }
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
