package io.tallyman.kit.credential;

import java.util.Map;
import java.util.Set;

/**
 * Which callers may use which internal routes of this service. Nobody may use a route that is not
 * listed. A service has one bean of this type.
 *
 * @param routes the routes of each caller, by the part of the path that follows {@code /internal/};
 *     a caller is the name of a service, or {@link #MONITORING}
 */
public record InternalCallers(Map<String, Set<String>> routes) {
  /**
   * A program that is no service of this stack, such as an autoscaler. It sends its secret itself.
   * Without such a secret it has no access.
   */
  public static final String MONITORING = "monitoring";

  /**
   * Stands for all routes that are not internal. They need an access token. A caller with this
   * route may also use them with its own credential, for what it does on its own behalf.
   */
  public static final String OTHER_ROUTES = "*";

  public InternalCallers {
    routes = Map.copyOf(routes);
  }

  boolean allow(String caller, String route) {
    return routes.getOrDefault(caller, Set.of()).contains(route);
  }
}
