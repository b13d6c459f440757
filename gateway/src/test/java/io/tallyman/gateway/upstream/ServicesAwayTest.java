package io.tallyman.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.gateway.Client;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServicesAwayTest implements TestPropertyProvider {
  @Inject Client client;

  @Override
  public Map<String, String> getProperties() {
    return Map.of(
        "tallyman.user-service.url", closedPort(), "tallyman.billing-service.url", closedPort());
  }

  @ParameterizedTest
  @CsvSource({
    "/users/3, user-service",
    "/vendors/7, billing-service",
    "/sheets/0197a3c2-7a00-7000-8000-000000000002/content, billing-service"
  })
  void clientLearnsSoonWhichServiceIsAwayAndWhenToTryAgain(String path, String service) {
    HttpResponse<String> refused =
        assertTimeout(Duration.ofSeconds(3), () -> client.get("/api/v1" + path));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(refused.body())
        .contains("\"type\":\"urn:tallyman:problem:service-unavailable\"", service);
  }

  @Test
  void gatewayIsReadyWithoutThem() {
    HttpResponse<String> readiness = client.get("/health/readiness");
    assertThat(readiness.statusCode()).isEqualTo(200);
    // Everybody can read it, so it has no details.
    assertThat(readiness.body()).contains("\"status\":\"UP\"", "\"details\":null");
  }

  static String closedPort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
