package io.tallyman.kit.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;

/** Rejects a body without a Content-Type. The framework would accept it as any type. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class TypedBodies {
  @RequestFilter
  void check(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    if (headers.contains(HttpHeaders.CONTENT_TYPE) || !announcesBody(headers)) {
      return;
    }
    RouteAttributes.getRouteInfo(request)
        .filter(route -> route.getRequestBodyType().isPresent())
        .ifPresent(
            route -> {
              throw new UntypedBody(route.getConsumes());
            });
  }

  private static boolean announcesBody(HttpHeaders headers) {
    return headers.contains(HttpHeaders.TRANSFER_ENCODING) || headers.contentLength().orElse(0) > 0;
  }
}
