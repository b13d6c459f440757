package io.tallyman.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.gateway.Client;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that accept every connection but never answer, like a stopped process. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SilentServicesTest implements TestPropertyProvider {
  private static final ServerSocket SILENT = silent();

  @Inject Client client;

  @Override
  public Map<String, String> getProperties() {
    String url = "http://127.0.0.1:" + SILENT.getLocalPort();
    return Map.of("tallyman.user-service.url", url, "tallyman.billing-service.url", url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users",
        "/users/3",
        "/vendors/7",
        "/billings",
        "/tasks",
        "/tasks/0197a3c2-6f00-7000-8000-000000000001",
        "/tasks/0197a3c2-6f00-7000-8000-000000000001/events",
        "/task-groups/0197a3c2-6e00-7000-8000-000000000003",
        "/sheets/0197a3c2-7a00-7000-8000-000000000002",
        "/sheets/0197a3c2-7a00-7000-8000-000000000002/content",
        "/workers"
      })
  void clientIsToldSoonToTryAgain(String path) {
    HttpResponse<String> refused =
        assertTimeout(Duration.ofSeconds(3), () -> client.get("/api/v1" + path));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(refused.body()).contains("urn:tallyman:problem:service-unavailable");
  }

  /** The system accepts connections for it until its backlog is full. */
  private static ServerSocket silent() {
    try {
      return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
