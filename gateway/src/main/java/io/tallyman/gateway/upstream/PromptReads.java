package io.tallyman.gateway.upstream;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.filter.FilterContinuation;
import io.tallyman.kit.request.Deadline;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Ends a read after {@link #DEADLINE} if a healthy service answers it immediately (rows by their
 * ids, pages of lists). A service that accepts connections but does not answer counts as
 * unavailable. Requests that compute or change something have the read timeout of their client
 * instead. The sums of an overview are an exception, because an overview does not wait longer.
 */
@ClientFilter(
    serviceId = {Services.USER, Services.BILLING},
    patterns = {
      "/users/**",
      "/auth/keys",
      "/audit-events",
      "/vendors/**",
      "/billings/**",
      "/tasks/**",
      "/task-groups/**",
      "/sheets/**",
      "/workers",
      "/managers/**"
    },
    methods = HttpMethod.GET)
final class PromptReads implements Ordered {
  static final Duration DEADLINE = Duration.ofMillis(2_500);

  @RequestFilter
  Publisher<HttpResponse<?>> inTime(
      MutableHttpRequest<?> request, FilterContinuation<Publisher<HttpResponse<?>>> call) {
    Deadline.limit(request, DEADLINE);
    return Flux.from(call.proceed()).timeout(DEADLINE);
  }

  /** Runs inside {@link UpstreamFailures}, which turns the timeout into a problem. */
  @Override
  public int getOrder() {
    return 0;
  }
}
