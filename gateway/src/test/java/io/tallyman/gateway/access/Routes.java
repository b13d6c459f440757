package io.tallyman.gateway.access;

import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The routes of the gateway by method and template of the path, such as {@code GET /users}. */
public final class Routes {
  private Routes() {}

  /** Who may use each route; empty for a route that does not say it. */
  public static Map<String, Optional<Access>> access(Router router) {
    return router
        .uriRoutes()
        .collect(Collectors.toMap(Routes::name, RouteGuard::access, (one, _) -> one));
  }

  /** Who may use a route; fails if there is no such route or if it does not say it. */
  public static Access access(Router router, String name) {
    return access(router)
        .getOrDefault(name, Optional.empty())
        .orElseThrow(() -> new AssertionError(name + " does not say who may use it"));
  }

  private static String name(UriRouteInfo<?, ?> route) {
    return route.getHttpMethodName() + ' ' + route.getUriMatchTemplate().toPathString();
  }
}
