package io.tallyman.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@MicronautTest
@Property(name = RouteGuardTest.ROUTES, value = "true")
final class RouteGuardTest extends GatewayTest {
  static final String ROUTES = "route-guard-test";

  @Inject Client client;

  @Controller("/api/v1/guarded")
  @AllowedFor(Access.PUBLIC)
  @Requires(property = ROUTES)
  static class Routes {
    @Get("/public")
    String shown() {
      return "shown";
    }

    @Get("/for-admins")
    @AllowedFor(Access.ADMIN)
    String hidden() {
      return "hidden";
    }
  }

  @Controller("/api/v1/forgotten")
  @Requires(property = ROUTES)
  static class ForgottenRoutes {
    @Get
    String hidden() {
      return "hidden";
    }
  }

  @Test
  void accessOfARouteIsStrongerThanThatOfItsController() {
    assertThat(client.getAnonymously("/api/v1/guarded/public").body()).isEqualTo("shown");
    assertThat(client.getAnonymously("/api/v1/guarded/for-admins").statusCode()).isEqualTo(401);
    assertThat(client.get("/api/v1/guarded/for-admins").body()).isEqualTo("hidden");
  }

  @Test
  void routeWithoutAccessIsForNobody() {
    HttpResponse<String> refused = client.get("/api/v1/forgotten");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("Nobody may use this route.");
  }
}
