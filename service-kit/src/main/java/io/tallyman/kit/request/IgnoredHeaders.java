package io.tallyman.kit.request;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/**
 * Removes headers that Tallyman ignores, as RFC 9110 permits. Every answer is in UTF-8 and in
 * English, and a request whose method has no body needs no Content-Type. The framework would parse
 * these headers, and would fail if they are malformed.
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
