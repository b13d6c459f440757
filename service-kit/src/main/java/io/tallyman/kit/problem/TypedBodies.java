package io.tallyman.kit.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;

/**
 * Rejects a body without a Content-Type, which the framework would accept as any type, and JSON
 * with a Content-Encoding, which it would read as if it was not encoded.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class TypedBodies {
  @RequestFilter
  void check(HttpRequest<?> request) {
    if (announcesBody(request.getHeaders())) {
      RouteAttributes.getRouteInfo(request)
          .filter(route -> route.getRequestBodyType().isPresent())
          .ifPresent(route -> check(request.getHeaders(), route));
    }
  }

  private static void check(HttpHeaders headers, RouteInfo<?> route) {
    if (!headers.contains(HttpHeaders.CONTENT_TYPE)) {
      throw new UntypedBody(route.getConsumes());
    }
    String encoding = String.join(", ", headers.getAll(HttpHeaders.CONTENT_ENCODING));
    if (route.explicitlyConsumes(MediaType.APPLICATION_JSON_TYPE)
        && !encoding.isEmpty()
        && !encoding.equalsIgnoreCase("identity")) {
      throw new EncodedBody(encoding);
    }
  }

  private static boolean announcesBody(HttpHeaders headers) {
    return headers.contains(HttpHeaders.TRANSFER_ENCODING) || headers.contentLength().orElse(0) > 0;
  }
}
