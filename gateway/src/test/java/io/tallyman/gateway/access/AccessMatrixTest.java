package io.tallyman.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.docs.Contract;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every route of the OpenAPI document is tried by everybody. */
@MicronautTest
final class AccessMatrixTest extends GatewayTest {
  /** What is asked before it is known who sends a request. */
  private static final List<String> EXCHANGES =
      List.of("POST /auth/key-tokens", "POST /auth/session-tokens");

  /** Routes that are not in the document. */
  private static final List<DocumentedRoute> FOR_BROWSERS =
      List.of(
          DocumentedRoute.of("GET /", "/"),
          DocumentedRoute.of("GET /dashboard/{+path}", "/dashboard/app.js"),
          DocumentedRoute.of("GET /docs/assets/{name}", "/docs/assets/docs.js"),
          DocumentedRoute.of("GET /login/callback", "/login/callback"),
          DocumentedRoute.of("GET /ws/tasks", "/ws/tasks"));

  @Inject Client client;
  @Inject Router router;

  @ParameterizedTest
  @EnumSource
  void routesAreForThoseOfTheirAnnotationOnly(Sender sender) {
    sender.introduce(users);
    Map<String, Integer> expected = new TreeMap<>();
    Map<String, Integer> refusals = new TreeMap<>();

    for (DocumentedRoute route : routes()) {
      int refusal = sender.refusal(route, Routes.access(router, route.name()));
      expected.put(route.name(), refusal);
      refusals.put(route.name(), refusal(route, sender));
      if (refusal != 0) {
        assertThat(carriedOut()).as("%s, sent by %s", route, sender).isEmpty();
      }
      Stream.of(users, billing, worker).forEach(service -> service.received().clear());
    }

    assertThat(refusals).hasSizeGreaterThan(50).isEqualTo(expected);
  }

  @Test
  void everyRouteOfTheGatewayIsTried() {
    assertThat(routes().stream().map(DocumentedRoute::name))
        .containsAll(
            Routes.access(router).keySet().stream()
                .filter(name -> !name.startsWith("HEAD "))
                .filter(name -> !name.startsWith("GET /health"))
                .collect(Collectors.toSet()));
  }

  @Test
  void refusalNamesTheRolesThatAreNeeded() {
    HttpResponse<String> refused =
        client.send(
            DocumentedRoute.of("GET /api/v1/tasks", "/api/v1/tasks")
                .request(client, Sender.WITHOUT_ROLES.headers()));

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(refused.body())
        .contains("urn:tallyman:problem:forbidden", "viewer, clerk, admin", "You have no role.");
  }

  /** The status if the sender is refused; 0 if the route was reached, whatever it answered. */
  private int refusal(DocumentedRoute route, Sender sender) {
    HttpResponse<String> answer =
        client.send(route.request(client, sender.headers()).timeout(Duration.ofSeconds(20)));
    return answer.statusCode() == 401 || answer.statusCode() == 403 ? answer.statusCode() : 0;
  }

  private List<String> carriedOut() {
    return Stream.of(users, billing, worker)
        .map(FakeService::received)
        .flatMap(List::stream)
        .map(FakeService.Received::request)
        .filter(request -> !EXCHANGES.contains(request))
        .toList();
  }

  private List<DocumentedRoute> routes() {
    Contract contract = Contract.read(client.getAnonymously("/openapi.yaml").body());
    return Stream.concat(
            contract.operations().entrySet().stream()
                .map(entry -> DocumentedRoute.of(entry.getKey(), entry.getValue())),
            FOR_BROWSERS.stream())
        .toList();
  }
}
