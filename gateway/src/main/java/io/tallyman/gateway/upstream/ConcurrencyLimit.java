package io.tallyman.gateway.upstream;

import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.filter.FilterContinuation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Limits the requests to a service to those that have a connection or may wait for one. The pool's
 * own limit (max-pending-acquires) cannot be used, because each rejected request makes it accept
 * another one.
 */
@ClientFilter(serviceId = {Services.USER, Services.BILLING})
final class ConcurrencyLimit {
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
  private final int most;

  ConcurrencyLimit(UpstreamConfiguration configuration) {
    this.most = configuration.connections() + configuration.maxWaiting();
  }

  @RequestFilter
  Publisher<HttpResponse<?>> bound(
      MutableHttpRequest<?> request, FilterContinuation<Publisher<HttpResponse<?>>> exchange) {
    String service = BasicHttpAttributes.getServiceId(request).orElseThrow();
    Semaphore free = places.computeIfAbsent(service, _ -> new Semaphore(most));
    if (!free.tryAcquire()) {
      throw UpstreamProblem.overloaded(service);
    }
    return Flux.from(exchange.proceed()).doFinally(_ -> free.release());
  }
}
