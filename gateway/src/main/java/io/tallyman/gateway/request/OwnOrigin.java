package io.tallyman.gateway.request;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests from web pages of other origins that are not allowed. Such a page could call the
 * API from inside the network of the person who views it. A browser says in this header whether a
 * request comes from a page of this origin: <a
 * href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Sec-Fetch-Site</a>. This works
 * behind a proxy too. An older browser, or one without TLS, sends an Origin that equals the Host.
 * Programs send neither header. The framework has such a rule for {@code localhost} only.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OwnOrigin {
  private final CorsConfiguration cors;

  OwnOrigin(CorsConfiguration cors) {
    this.cors = cors;
  }

  @RequestFilter
  @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    String origin = headers.get(HttpHeaders.ORIGIN);
    boolean allowed =
        origin == null
            || "same-origin".equals(headers.get("Sec-Fetch-Site"))
            || isOf(origin, headers.get(HttpHeaders.HOST))
            || cors.allows(origin);
    return allowed ? null : HttpResponse.status(HttpStatus.FORBIDDEN);
  }

  private static boolean isOf(String origin, @Nullable String host) {
    return host != null && origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
  }
}
