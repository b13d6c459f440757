package io.tallyman.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.gateway.Client;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;

/** In front of a billing-service that refuses uploads while they are on their way. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedUploadTest implements TestPropertyProvider {
  @AutoClose private final HastyService billing;

  @Inject Client client;

  RefusedUploadTest() throws IOException {
    billing = new HastyService();
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.of("tallyman.billing-service.url", billing.url());
  }

  @RepeatedTest(20)
  void refusalIsToldAndHoldsNobodyUp() {
    assertThat(upload(8_000_000)).isEqualTo(503);
    assertThat(upload(100)).isEqualTo(503);
  }

  private int upload(int bytes) {
    return client
        .send(
            client
                .request("/api/v1/imports")
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofByteArray(new byte[bytes])))
        .statusCode();
  }
}
