package io.tallyman.gateway.request;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other origins from asking here with the reach of whoever looks at them, be it only
 * that of their network. Whether a browser asks for a page of this origin it says by <a
 * href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Sec-Fetch-Site</a>, which
 * holds behind a proxy too; an older one, or one without TLS, by an Origin that is the Host.
 * Programs send neither. The framework has such a rule for {@code localhost} only.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OwnOrigin {
  @RequestFilter
  @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    String origin = headers.get(HttpHeaders.ORIGIN);
    boolean own =
        origin == null
            || "same-origin".equals(headers.get("Sec-Fetch-Site"))
            || isOf(origin, headers.get(HttpHeaders.HOST));
    return own ? null : HttpResponse.status(HttpStatus.FORBIDDEN);
  }

  private static boolean isOf(String origin, @Nullable String host) {
    return host != null && origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
  }
}
