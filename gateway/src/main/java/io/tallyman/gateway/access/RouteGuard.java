package io.tallyman.gateway.access;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;

/**
 * Lets only those use a route who may, by {@link RouteAccess}. It looks at the route that the
 * request was matched to, not at the path as it was written, because one route has many spellings.
 * A request without a route is answered by the framework.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RouteGuard implements Ordered {
  /** Never blocks, and stays on the thread of the connection, as {@link BearerTokens} does. */
  @RequestFilter
  void check(HttpRequest<?> request) {
    RouteAttributes.getRouteMatch(request)
        .map(RouteMatch::getRouteInfo)
        .ifPresent(route -> RouteAccess.check(RouteAccess.name(route), request));
  }

  /** Runs after the sender of the request is known, and before all other checks. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.order();
  }
}
