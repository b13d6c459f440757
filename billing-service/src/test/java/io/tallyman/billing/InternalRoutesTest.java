package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.tallyman.kit.credential.InternalCallers;
import io.tallyman.testkit.ServiceCredential;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Every internal route has one caller, and nobody else can use it. */
final class InternalRoutesTest {
  private static final String PREFIX = "/internal/";
  private static final List<String> CALLERS = List.of("gateway", "worker");

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  /**
   * @param path has the id of no task
   */
  private record Route(String method, String path) {
    String name() {
      return path.split("/", -1)[2];
    }
  }

  @Test
  void everyInternalRouteIsListedForOneCaller() {
    List<String> listed =
        SERVICE.bean(InternalCallers.class).routes().values().stream()
            .flatMap(Set::stream)
            .filter(route -> !route.equals(InternalCallers.OTHER_ROUTES))
            .toList();

    assertThat(listed)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            routes().stream().map(Route::name).collect(Collectors.toSet()));
  }

  @Test
  void nobodyElseCanUseIt() {
    for (Route route : routes()) {
      assertThat(status(route, "")).as("%s", route).isEqualTo(401);
      assertThat(status(route, ServiceCredential.authorization("worker", "gateway")))
          .as("%s", route)
          .isEqualTo(401);
      for (String other : CALLERS) {
        Set<String> own =
            SERVICE.bean(InternalCallers.class).routes().getOrDefault(other, Set.of());
        if (!own.contains(route.name())) {
          assertThat(status(route, ServiceCredential.authorization(other, "billing-service")))
              .as("%s by %s", route, other)
              .isEqualTo(403);
        }
      }
    }
  }

  @Test
  void otherRoutesNeedAnAccessTokenOrTheCredentialOfTheGateway() {
    List<Route> others =
        allRoutes()
            .filter(route -> !route.path().startsWith(PREFIX))
            .filter(route -> !route.path().matches("/(health|prometheus).*"))
            // Needs the access token of an admin.
            .filter(route -> !route.path().equals("/audit-events"))
            .toList();

    assertThat(others).hasSizeGreaterThan(30);
    for (Route route : others) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(SERVICE.uri(route.path()))
              .method(route.method(), BodyPublishers.noBody());
      assertThat(SERVICE.sendUnchanged(request).status()).as("%s", route).isEqualTo(401);
      assertThat(status(route, ServiceCredential.authorization("gateway", "user-service")))
          .as("%s", route)
          .isEqualTo(401);
      assertThat(status(route, ServiceCredential.authorization("worker", "billing-service")))
          .as("%s by a worker", route)
          .isEqualTo(403);
      assertThat(status(route, ServiceCredential.authorization("gateway", "billing-service")))
          .as("%s by the gateway", route)
          .isNotIn(401, 403);
    }
  }

  @Test
  void healthAndMetricsNeedNothing() {
    for (URI address :
        List.of(
            SERVICE.uri("/health/liveness"),
            SERVICE.uri("/health/readiness"),
            SERVICE.management("/health/readiness"),
            SERVICE.management("/prometheus"))) {
      assertThat(SERVICE.sendUnchanged(HttpRequest.newBuilder(address)).status())
          .as("%s", address)
          .isEqualTo(200);
    }
  }

  private static Set<Route> routes() {
    return allRoutes().filter(route -> route.path().startsWith(PREFIX)).collect(Collectors.toSet());
  }

  private static Stream<Route> allRoutes() {
    return SERVICE
        .bean(Router.class)
        .uriRoutes()
        .map(
            route ->
                new Route(
                    route.getHttpMethodName(),
                    route
                        .getUriMatchTemplate()
                        .toPathString()
                        .replace("{attempt}", "1")
                        .replaceAll("\\{\\w+}", UUID.randomUUID().toString())));
  }

  private static int status(Route route, String authorization) {
    return SERVICE
        .send(
            HttpRequest.newBuilder(SERVICE.uri(route.path()))
                .method(route.method(), BodyPublishers.noBody())
                .header("Authorization", authorization))
        .status();
  }
}
