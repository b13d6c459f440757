package io.tallyman.gateway.request;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Keeps answers of the API out of caches, which may be shared, and has browsers take them for what
 * their Content-Type says.
 */
@ServerFilter("/api/**")
final class ApiHeaders implements Ordered {
  @ResponseFilter
  void add(MutableHttpResponse<?> response) {
    response.getHeaders().set("X-Content-Type-Options", "nosniff");
    response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /** Runs outside of all filters that refuse requests, so their answers have the headers too. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
