package io.tallyman.gateway.rate;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Tells in each answer how many requests the sender may still send, in the headers of
 * draft-ietf-httpapi-ratelimit-headers-10.
 */
@ServerFilter("/api/**")
final class RateHeaders implements Ordered {
  static final String ATTRIBUTE = "tallyman.rate";

  /**
   * What was counted for a request.
   *
   * @param policy the quota and its window
   * @param name the name of the policy
   * @param left how many requests are left
   * @param seconds until all of the quota is left again
   */
  record Counted(String policy, String name, long left, long seconds) {
    void addTo(MutableHttpHeaders headers) {
      headers.set("RateLimit-Policy", policy);
      headers.set("RateLimit", '"' + name + "\";r=" + left + ";t=" + seconds);
    }
  }

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    request
        .getAttribute(ATTRIBUTE, Counted.class)
        .ifPresent(counted -> counted.addTo(response.getHeaders()));
  }

  /** Runs outside of all filters that refuse requests, so their answers have the headers too. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
