package io.tallyman.kit.credential;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only known callers use the routes below {@code /internal/}. It looks at the route that the
 * request was matched to, not at the path as it was written, because one route has many spellings.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class InternalRoutes implements Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(InternalRoutes.class);
  private static final String PREFIX = "/internal/";

  /** After the checks of the host and of the addressee, and before all other checks. */
  static final int ORDER = HIGHEST_PRECEDENCE + 3;

  private final CallerCheck check;
  private final @Nullable InternalCallers callers;

  InternalRoutes(CallerCheck check, @Nullable InternalCallers callers) {
    this.check = check;
    this.callers = callers;
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    route(request).ifPresent(route -> check(request, route));
  }

  static boolean isInternal(HttpRequest<?> request) {
    return route(request).isPresent();
  }

  /**
   * Requires the credential of a service that may use a route.
   *
   * @param route a name as in {@link InternalCallers}
   */
  void check(HttpRequest<?> request, String route) {
    try {
      String caller = check.caller(request);
      if (callers == null || !callers.allow(caller, route)) {
        throw new CallerNotAllowed(caller);
      }
    } catch (UnknownCaller | CallerNotAllowed refused) {
      LOG.warn(
          "{} {} is refused: {}", request.getMethodName(), request.getPath(), refused.getMessage());
      throw refused;
    }
  }

  /** The part of the path of an internal route that follows the prefix; empty for other routes. */
  private static Optional<String> route(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .map(RouteMatch::getRouteInfo)
        .filter(UriRouteInfo.class::isInstance)
        .map(route -> ((UriRouteInfo<?, ?>) route).getUriMatchTemplate().toPathString())
        .filter(path -> path.startsWith(PREFIX))
        .map(path -> path.substring(PREFIX.length()).split("/", 2)[0]);
  }

  @Override
  public int getOrder() {
    return ORDER;
  }
}
