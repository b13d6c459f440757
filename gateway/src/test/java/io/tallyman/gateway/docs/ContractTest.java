package io.tallyman.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.MediaType;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.Routes;
import io.tallyman.gateway.request.StrictQuery;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The document describes the routes of the running gateway. {@code ContractIT} tries its examples.
 */
@MicronautTest
final class ContractTest {
  /** Routes of the management port, which is not for clients. */
  private static final Set<String> MANAGEMENT = Set.of("GET /health", "GET /health/{selector}");

  /** Routes for browsers: the dashboard, and the files of the pages. */
  private static final Set<String> FOR_BROWSERS =
      Set.of("GET /docs/assets/{name}", "GET /", "GET /dashboard/{+path}", "GET /login/callback");

  /** A WebSocket, which asyncapi.yaml describes. */
  private static final String SOCKET = "GET /ws/tasks";

  @Inject Client client;
  @Inject Router router;

  @Test
  void documentIsSoundOpenApi() {
    Contract contract = contract();

    assertThat(contract.faults()).isEmpty();
    assertThat(contract.document().getOpenapi()).isEqualTo("3.1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.yaml", "/asyncapi.yaml"})
  void documentIsServedAsYaml(String path) {
    HttpResponse<String> answer = client.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/yaml");
  }

  @Test
  void everyRouteIsDocumentedAndNothingElse() {
    Set<String> documented = contract().operations().keySet();

    assertThat(routes().keySet())
        .containsAll(MANAGEMENT)
        .filteredOn(route -> !MANAGEMENT.contains(route) && !FOR_BROWSERS.contains(route))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  /** Otherwise nobody could use it. */
  @Test
  void everyRouteSaysWhoMayUseIt() {
    assertThat(Routes.access(router))
        .containsKeys("HEAD /api/v1/sheets/{id}/content", SOCKET)
        .allSatisfy((route, access) -> assertThat(access).as(route).isPresent());
  }

  @Test
  void operationNeedsATokenUnlessItsRouteIsPublic() {
    assertThat(contract().document().getSecurity()).singleElement().matches(one -> !one.isEmpty());
    contract()
        .operations()
        .forEach(
            (name, operation) -> {
              if (access(name) == Access.PUBLIC) {
                assertThat(operation.getSecurity()).as(name).isEmpty();
              } else {
                assertThat(operation.getSecurity()).as(name).isNull();
              }
            });
  }

  @Test
  void refusalOfEachOperationNamesTheRolesOfItsRoute() {
    contract()
        .operations()
        .forEach(
            (name, operation) -> {
              ApiResponse refusal = operation.getResponses().get("403");
              assertThat(access(name).roles())
                  .as(name)
                  .isEqualTo(refusal == null ? List.of() : roles(refusal.getDescription()));
            });
  }

  private static List<String> roles(String description) {
    return Stream.of("viewer", "clerk", "admin")
        .filter(role -> description.contains('`' + role + '`'))
        .toList();
  }

  private Access access(String operation) {
    return Routes.access(router, operation);
  }

  @Test
  void everyQueryParameterIsDocumentedAndNothingElse() {
    Map<String, Set<String>> taken = new TreeMap<>();
    routes().forEach((name, route) -> taken.put(name, StrictQuery.parameters(route)));
    Map<String, Set<String>> documented = contract().queryParameters();
    taken.keySet().retainAll(documented.keySet());

    assertThat(documented).containsAllEntriesOf(taken);
  }

  @Test
  void successIsDocumentedInTheTypeThatTheRouteProduces() {
    Map<String, Set<String>> documented = new TreeMap<>();
    contract()
        .operations()
        .forEach((name, operation) -> documented.put(name, types(success(operation))));
    Map<String, Set<String>> produced = new TreeMap<>();
    routes()
        .forEach(
            (name, route) ->
                produced.put(
                    name,
                    route.getProduces().stream()
                        .filter(type -> !type.equals(MediaType.ALL_TYPE))
                        .map(MediaType::getName)
                        .collect(Collectors.toSet())));
    produced.keySet().retainAll(documented.keySet());

    assertThat(documented).containsAllEntriesOf(produced);
  }

  @Test
  void everyOperationHasWhatItsKindOfRouteMayAnswer() {
    contract()
        .operations()
        .forEach(
            (name, operation) ->
                assertThat(operation.getResponses().keySet())
                    .as(name)
                    .containsAll(expected(name, operation)));
  }

  @Test
  void everyAnswerOfTheDocumentTellsItsRequestIdAndEveryErrorIsAProblem() {
    contract()
        .operations()
        .forEach(
            (name, operation) ->
                operation
                    .getResponses()
                    .forEach(
                        (status, response) -> {
                          assertThat(response.getHeaders())
                              .as("%s %s", name, status)
                              .containsKey("X-Request-Id");
                          if (!status.startsWith("2") && !status.startsWith("3")) {
                            assertThat(types(response))
                                .as("%s %s", name, status)
                                .containsExactly("application/problem+json");
                          }
                        }));
  }

  private Contract contract() {
    return Contract.read(client.get("/openapi.yaml").body());
  }

  private List<String> expected(String name, Operation operation) {
    Stream<String> always = Stream.of("default");
    Stream<String> behind = name.contains(" /api/") ? Stream.of("422", "429", "503") : Stream.of();
    Stream<String> one = name.contains("{id}") ? Stream.of("404") : Stream.of();
    Stream<String> body =
        operation.getRequestBody() == null ? Stream.of() : Stream.of("400", "408", "413", "415");
    Stream<String> sender = access(name) == Access.PUBLIC ? Stream.of() : Stream.of("401");
    return Stream.of(always, behind, one, body, sender).flatMap(kind -> kind).toList();
  }

  private static ApiResponse success(Operation operation) {
    return operation.getResponses().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("2"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> types(ApiResponse response) {
    return response.getContent() == null ? Set.of() : response.getContent().keySet();
  }

  /** Without the HEAD routes that the framework adds to GET routes. */
  private Map<String, UriRouteInfo<?, ?>> routes() {
    Map<String, UriRouteInfo<?, ?>> routes = new TreeMap<>();
    router
        .uriRoutes()
        .forEach(
            route -> {
              String path = route.getUriMatchTemplate().toPathString();
              if (route.getHttpMethod() != HttpMethod.HEAD || !routes.containsKey("GET " + path)) {
                routes.put(route.getHttpMethodName() + ' ' + path, route);
              }
            });
    routes.keySet().removeIf(name -> name.startsWith("HEAD ") && isGet(routes, name));
    routes.remove(SOCKET);
    return routes;
  }

  private static boolean isGet(Map<String, UriRouteInfo<?, ?>> routes, String head) {
    return routes.containsKey(head.replace("HEAD ", "GET "));
  }
}
