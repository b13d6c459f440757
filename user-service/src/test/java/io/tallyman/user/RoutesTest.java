package io.tallyman.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.Router;
import io.tallyman.testkit.ServiceCredential;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which routes need an access token. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoutesTest implements RealDatabase {
  private static final String WORKER = ServiceCredential.authorization("worker", "user-service");

  private static final String HEALTH = HealthEndpoint.class.getPackageName();

  @Inject EmbeddedServer service;
  @Inject Router router;

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  private record Route(String method, String path) {}

  @Test
  void routesNeedAnAccessToken() {
    List<Route> closed =
        routes().filter(route -> !route.path().matches("/(auth|internal|health).*")).toList();

    assertThat(closed).hasSizeGreaterThan(8);
    for (Route route : closed) {
      assertThat(status(route, "")).as("%s", route).isEqualTo(401);
      assertThat(status(route, "Bearer a.b.c")).as("%s", route).isEqualTo(401);
      assertThat(status(route, WORKER)).as("%s by a worker", route).isEqualTo(403);
    }
  }

  @Test
  void loginNeedsNone() {
    List<Route> open = routes().filter(route -> route.path().startsWith("/auth")).toList();

    assertThat(open).hasSizeGreaterThan(6);
    assertThat(open).extracting(route -> status(route, "")).doesNotContain(401, 403);
    assertThat(status(new Route("GET", "/health/readiness"), "")).isEqualTo(200);
  }

  /**
   * The framework's own controllers for logins, refresh tokens and keys would be another way in.
   */
  @Test
  void onlyOurControllersAndTheHealthHaveRoutes() {
    assertThat(router.uriRoutes())
        .extracting(RouteInfo::getDeclaringType)
        .extracting(Class::getPackageName)
        .allMatch(name -> name.startsWith("io.tallyman.") || name.equals(HEALTH));
  }

  private Stream<Route> routes() {
    return router
        .uriRoutes()
        .map(
            route ->
                new Route(
                    route.getHttpMethodName(),
                    route.getUriMatchTemplate().toPathString().replaceAll("\\{\\w+}", "7")));
  }

  private int status(Route route, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.getURI().resolve(route.path()))
            .method(route.method(), BodyPublishers.noBody());
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }
}
