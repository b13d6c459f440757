package io.tallyman.kit.request;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/**
 * Every answer is in UTF-8 and in English, whatever a client would rather have, and a request that
 * is not to have a body has none of any type: RFC 9110 lets servers ignore that. The framework
 * would read these headers all the same, and fail where it cannot.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class IgnoredHeaders {
  @PreMatching
  @RequestFilter
  void ignore(HttpRequest<?> request) {
    if (request.getHeaders() instanceof MutableHttpHeaders headers) {
      headers.remove(HttpHeaders.ACCEPT_CHARSET);
      headers.remove(HttpHeaders.ACCEPT_LANGUAGE);
      if (!request.getMethod().permitsRequestBody()) {
        headers.remove(HttpHeaders.CONTENT_TYPE);
      }
    }
  }
}
