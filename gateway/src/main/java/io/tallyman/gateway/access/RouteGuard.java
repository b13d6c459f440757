package io.tallyman.gateway.access;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Optional;

/**
 * Lets only those use a route who may, by {@link AllowedFor}. It looks at the route that the
 * request was matched to, not at the path as it was written, because one route has many spellings.
 * A request without a route is answered by the framework.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class RouteGuard implements Ordered {
  /** The health checks of the framework and of all services. They are for everybody. */
  private static final String HEALTH = "/health";

  RouteGuard() {}

  /** Who may use a route; empty if this is nobody. */
  public static Optional<Access> access(RouteInfo<?> route) {
    return route
        .getAnnotationMetadata()
        .enumValue(AllowedFor.class, Access.class)
        .or(() -> isHealthCheck(route) ? Optional.of(Access.PUBLIC) : Optional.empty());
  }

  private static boolean isHealthCheck(RouteInfo<?> route) {
    if (!(route instanceof UriRouteInfo<?, ?> uri)) {
      return false;
    }
    String path = uri.getUriMatchTemplate().toPathString();
    return path.equals(HEALTH) || path.startsWith(HEALTH + '/');
  }

  /**
   * Never blocks, and stays on the thread of the connection, as {@link BearerTokens} does.
   *
   * @throws NotAuthenticated if the sender must be known, but the request has no token and no
   *     session
   * @throws NotAllowed if the sender has none of the roles that are needed, or has an API key and
   *     needs a login, or the route is for nobody
   */
  @RequestFilter
  void check(HttpRequest<?> request) {
    RouteAttributes.getRouteMatch(request)
        .map(RouteMatch::getRouteInfo)
        .ifPresent(route -> check(request, access(route).orElseThrow(NotAllowed::toAnybody)));
  }

  private static void check(HttpRequest<?> request, Access access) {
    if (access != Access.PUBLIC) {
      access.check(BearerTokens.sender(request));
    }
    if (access == Access.LOGGED_IN && Admission.of(request).hasApiKey()) {
      throw NotAllowed.withApiKey();
    }
  }

  /** Runs after the sender of the request is known, and before all other checks. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.order();
  }
}
