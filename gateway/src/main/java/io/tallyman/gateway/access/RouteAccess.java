package io.tallyman.gateway.access;

import static io.tallyman.gateway.access.Access.ADMIN;
import static io.tallyman.gateway.access.Access.CLERK;
import static io.tallyman.gateway.access.Access.KNOWN;
import static io.tallyman.gateway.access.Access.LOGGED_IN;
import static io.tallyman.gateway.access.Access.PUBLIC;
import static io.tallyman.gateway.access.Access.VIEWER;

import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.UriRouteInfo;
import io.tallyman.kit.security.TokenPrincipal;
import java.util.Map;
import java.util.Optional;

/**
 * The table of the routes and who may use them. A route that is not in it is for nobody, and a test
 * fails. HEAD is like GET.
 */
public final class RouteAccess {
  private static final Map<String, Access> TABLE =
      Map.ofEntries(
          // Sheets and statistics, and what they are made of
          Map.entry("GET /api/v1/sheets", VIEWER),
          Map.entry("GET /api/v1/sheets/{id}", VIEWER),
          Map.entry("GET /api/v1/sheets/{id}/content", VIEWER),
          Map.entry("GET /api/v1/stats", VIEWER),
          Map.entry("GET /api/v1/workers", VIEWER),
          Map.entry("GET /api/v1/billings", VIEWER),
          Map.entry("GET /api/v1/billings/{id}", VIEWER),
          Map.entry("POST /api/v1/billings", CLERK),
          Map.entry("GET /api/v1/payables", VIEWER),
          Map.entry("GET /api/v1/payables/vendors", VIEWER),
          Map.entry("GET /api/v1/vendors", VIEWER),
          Map.entry("GET /api/v1/vendors/{id}", VIEWER),
          Map.entry("POST /api/v1/vendors", CLERK),
          Map.entry("PATCH /api/v1/vendors/{id}", CLERK),
          // Tasks
          Map.entry("GET /api/v1/tasks", VIEWER),
          Map.entry("GET /api/v1/tasks/count", VIEWER),
          Map.entry("POST /api/v1/tasks/cancel", CLERK),
          Map.entry("POST /api/v1/tasks/retry", CLERK),
          Map.entry("GET /api/v1/tasks/{id}", VIEWER),
          Map.entry("GET /api/v1/tasks/{id}/events", VIEWER),
          Map.entry("GET /api/v1/events", VIEWER),
          Map.entry("GET /ws/tasks", VIEWER),
          Map.entry("GET /api/v1/task-types", VIEWER),
          Map.entry("GET /api/v1/task-groups/{id}", VIEWER),
          Map.entry("POST /api/v1/tasks", CLERK),
          Map.entry("POST /api/v1/tasks/{id}/cancel", CLERK),
          Map.entry("POST /api/v1/tasks/{id}/retry", CLERK),
          Map.entry("POST /api/v1/task-groups", CLERK),
          Map.entry("POST /api/v1/task-groups/{id}/cancel", CLERK),
          // Imports
          Map.entry("POST /api/v1/imports", CLERK),
          Map.entry("POST /api/v1/imports/inspect", CLERK),
          Map.entry("POST /api/v1/imports/{id}/retry", CLERK),
          Map.entry("POST /api/v1/imports/{id}/undo", CLERK),
          Map.entry("POST /api/v1/imports/{id}/duplicates", CLERK),
          Map.entry("GET /api/v1/import-profiles", VIEWER),
          Map.entry("GET /api/v1/import-profiles/{name}", VIEWER),
          Map.entry("PUT /api/v1/import-profiles/{name}", CLERK),
          Map.entry("DELETE /api/v1/import-profiles/{name}", CLERK),
          // Users: their names are on sheets and beside vendors
          Map.entry("GET /api/v1/users", VIEWER),
          Map.entry("GET /api/v1/users/{id}", VIEWER),
          Map.entry("GET /api/v1/users/{id}/overview", VIEWER),
          Map.entry("POST /api/v1/users", ADMIN),
          Map.entry("PATCH /api/v1/users/{id}", ADMIN),
          Map.entry("POST /api/v1/users/{id}/sealed-profile", ADMIN),
          Map.entry("GET /api/v1/audit-events", ADMIN),
          // The own account
          Map.entry("GET /api/v1/me", KNOWN),
          Map.entry("PUT /api/v1/me/password", LOGGED_IN),
          Map.entry("GET /api/v1/api-keys", KNOWN),
          Map.entry("POST /api/v1/api-keys", KNOWN),
          Map.entry("DELETE /api/v1/api-keys/{id}", KNOWN),
          Map.entry("GET /api/v1/views", KNOWN),
          Map.entry("POST /api/v1/views", KNOWN),
          Map.entry("DELETE /api/v1/views/{id}", KNOWN),
          Map.entry("POST /api/v1/stream-tickets", KNOWN),
          Map.entry("POST /api/v1/auth/login", PUBLIC),
          Map.entry("POST /api/v1/auth/refresh", PUBLIC),
          Map.entry("POST /api/v1/auth/logout", PUBLIC),
          Map.entry("POST /api/v1/auth/session", PUBLIC),
          Map.entry("GET /api/v1/auth/session", PUBLIC),
          Map.entry("DELETE /api/v1/auth/session", PUBLIC),
          Map.entry("GET /api/v1/auth/provider", PUBLIC),
          Map.entry("POST /api/v1/auth/provider", PUBLIC),
          Map.entry("GET /login/callback", PUBLIC),
          // Documents and health
          Map.entry("GET /openapi.yaml", PUBLIC),
          Map.entry("GET /asyncapi.yaml", PUBLIC),
          Map.entry("GET /tallyman-tasks.js", PUBLIC),
          Map.entry("GET /tallyman-tasks.d.ts", PUBLIC),
          Map.entry("GET /docs", PUBLIC),
          Map.entry("GET /docs/live", PUBLIC),
          Map.entry("GET /docs/problems", PUBLIC),
          Map.entry("GET /docs/assets/{name}", PUBLIC),
          Map.entry("GET /health/liveness", PUBLIC),
          Map.entry("GET /health/readiness", PUBLIC),
          // On the management port
          Map.entry("GET /health", PUBLIC),
          Map.entry("GET /health/{selector}", PUBLIC),
          // The files of the dashboard; its data come from the routes above
          Map.entry("GET /", PUBLIC),
          Map.entry("GET /dashboard/{+path}", PUBLIC));

  private RouteAccess() {}

  /** The method and the template of the path of a route; other routes have no name. */
  public static String name(RouteInfo<?> route) {
    return route instanceof UriRouteInfo<?, ?> uri
        ? uri.getHttpMethodName() + ' ' + uri.getUriMatchTemplate().toPathString()
        : "";
  }

  /**
   * Who may use a route; empty if it is not in the table.
   *
   * @param route the method and the template of the path
   */
  public static Optional<Access> of(String route) {
    return Optional.ofNullable(
        TABLE.get(route.startsWith("HEAD ") ? "GET " + route.substring(5) : route));
  }

  /**
   * @param route the method and the template of the path
   * @throws NotAuthenticated if the sender must be known, but the request has no token and no
   *     session
   * @throws NotAllowed if the sender has none of the roles that are needed, or has an API key and
   *     needs a login, or the route is not in the table
   */
  static void check(String route, HttpRequest<?> request) {
    Access access = of(route).orElseThrow(NotAllowed::toAnybody);
    if (access != Access.PUBLIC) {
      check(access, BearerTokens.sender(request));
    }
    if (access == LOGGED_IN && Admission.of(request).hasApiKey()) {
      throw NotAllowed.withApiKey();
    }
  }

  /**
   * For what is done in another way than by a request for the route.
   *
   * @param route the method and the template of the path
   * @throws NotAllowed if the sender has none of the roles that are needed
   */
  public static void check(String route, TokenPrincipal sender) {
    check(of(route).orElseThrow(NotAllowed::toAnybody), sender);
  }

  private static void check(Access access, TokenPrincipal sender) {
    if (!access.isFor(sender)) {
      throw NotAllowed.withoutOneOf(access.roles(), sender);
    }
  }
}
