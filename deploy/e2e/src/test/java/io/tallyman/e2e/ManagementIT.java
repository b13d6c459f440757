package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.standalone.stack.Stack;
import io.tallyman.testkit.RawRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What each service answers on its own port, and what only on its management port. */
@OnSharedStack
@ParameterizedClass
@ValueSource(strings = {"gateway", "user-service", "billing-service", "worker-1"})
final class ManagementIT {
  @AutoClose private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Stack stack = RunningStack.SHARED.embedded();

  private final String service;

  ManagementIT(String service) {
    this.service = service;
  }

  @Test
  void livenessAndReadinessAreOnThePortOfTheServiceWithoutDetails() throws Exception {
    for (String path : List.of("/health/liveness", "/health/readiness")) {
      HttpResponse<String> health = get(stack.address(service), path);

      assertThat(health.statusCode()).as(path).isEqualTo(200);
      assertThat(health.body())
          .as(path)
          .contains("\"status\":\"UP\"", "\"name\":null", "\"details\":null");
    }
  }

  @Test
  void managementPortHasTheDetails() throws Exception {
    for (String path : List.of("/health", "/health/readiness")) {
      HttpResponse<String> health = get(stack.management(service), path);

      assertThat(health.statusCode()).as(path).isEqualTo(200);
      assertThat(health.body()).as(path).containsAnyOf("\"broker\"", "\"database\"");
    }
    boolean hasMetrics = service.equals("billing-service");
    assertThat(get(stack.management(service), "/prometheus").statusCode())
        .isEqualTo(hasMetrics ? 200 : 404);
  }

  @Test
  void noOtherManagementEndpointIsOnThePortOfTheService() throws Exception {
    for (String path : List.of("/health", "/health/", "/health/LIVENESS", "/prometheus", "/info")) {
      for (String method : List.of("GET", "HEAD", "POST")) {
        assertThat(send(method, stack.address(service), path).statusCode())
            .as("%s %s", method, path)
            .isEqualTo(404);
      }
    }
  }

  @Test
  void managementPortHasNoRouteOfTheService() throws Exception {
    for (String path : List.of("/", "/api/v1/tasks", "/tasks", "/users", "/internal/workers")) {
      assertThat(get(stack.management(service), path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void managementPortRefusesOtherHosts() {
    URI address = stack.management(service);
    String request =
        "GET /health HTTP/1.1\r\nHost: rebound.example:%d\r\nConnection: close\r\n\r\n"
            .formatted(address.getPort());

    assertThat(new RawRequest(request, "").send(address.getHost(), address.getPort()))
        .startsWith("HTTP/1.1 421 ")
        .contains("unknown-host");
  }

  private static HttpResponse<String> get(URI address, String path) throws Exception {
    return send("GET", address, path);
  }

  private static HttpResponse<String> send(String method, URI address, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
