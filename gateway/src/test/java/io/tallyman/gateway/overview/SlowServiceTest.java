package io.tallyman.gateway.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** billing-service accepts requests, but does not answer them. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowServiceTest implements TestPropertyProvider {
  private final FakeService users = new FakeService("user-service");
  @AutoClose private final ServerSocket billing = silent();

  @Inject Client client;

  @Override
  public Map<String, String> getProperties() {
    return Map.of(
        "tallyman.user-service.url",
        users.url(),
        "tallyman.billing-service.url",
        "http://127.0.0.1:" + billing.getLocalPort());
  }

  /** The first request of a process takes longer, so it is sent before the test. */
  @BeforeEach
  void firstRequestIsDone() {
    users.answerJson("GET /users/3", 200, GatewayTest.sample("user-service", "user"));
    await().until(() -> client.get("/api/v1/users/3").statusCode() == 200);
  }

  @Test
  void partsThatAreSlowAreNullAndNamedLongBeforeTheirRequestsTimeOut() {
    HttpResponse<String> shown =
        assertTimeout(Duration.ofSeconds(8), () -> client.get("/api/v1/users/3/overview"));

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body())
        .contains("\"username\":\"ada.okafor\"", "\"vendors\":null", "\"payables\":null")
        .contains("\"unavailable\":[\"vendors\",\"payables\"]");
  }

  @Test
  void unknownUserIsNotFoundWhateverTheOthersDo() {
    users.answerProblem("GET /users/3", 404, "unknown-user");

    assertThat(client.get("/api/v1/users/3/overview").statusCode()).isEqualTo(404);
  }

  private static ServerSocket silent() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
