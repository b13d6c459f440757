package io.tallyman.gateway.upstream;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.ClientFilterChain;
import io.micronaut.http.filter.HttpClientFilter;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Waits no longer than {@link #DEADLINE} for what a living service answers at once: rows by their
 * ids, and pages of lists. A service that takes connections and says nothing is as good as away.
 * What is computed on the way, and what changes something, has the read-timeout of its client.
 */
@Filter(
    serviceId = {"user-service", "billing-service"},
    patterns = {
      "/users/**",
      "/vendors/**",
      "/billings/**",
      "/tasks/**",
      "/task-groups/**",
      "/sheets/**",
      "/workers"
    },
    methods = HttpMethod.GET)
final class PromptReads implements HttpClientFilter {
  static final Duration DEADLINE = Duration.ofMillis(2_500);

  @Override
  public Publisher<? extends HttpResponse<?>> doFilter(
      MutableHttpRequest<?> request, ClientFilterChain chain) {
    return Mono.from(chain.proceed(request)).timeout(DEADLINE);
  }
}
