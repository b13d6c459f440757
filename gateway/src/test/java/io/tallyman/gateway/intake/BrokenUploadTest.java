package io.tallyman.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.testkit.BrokenUploads;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Uploads with a valid chunk that is a whole file, then a broken end. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrokenUploadTest extends BrokenUploads implements TestPropertyProvider {
  private final FakeService billing = new FakeService("billing-service");

  @Inject EmbeddedServer gateway;

  private int before;

  @Override
  public Map<String, String> getProperties() {
    return Map.of("tallyman.billing-service.url", billing.url());
  }

  @BeforeEach
  void accept() {
    billing.forget();
    billing.answerJson("POST /imports", 202, GatewayTest.sample("billing-service", "task"));
    before = billing.begun();
  }

  @AfterAll
  void stop() {
    billing.stop();
  }

  @Override
  protected URI uploads() {
    return gateway.getURI().resolve("/api/v1/imports");
  }

  @Override
  protected String moreHeaders() {
    return Tokens.ADMIN + "\r\n";
  }

  @Override
  protected void awaitBegun() {
    await().until(() -> billing.begun() > before);
  }

  @Override
  protected void awaitEnded() {
    await().until(() -> billing.ended() == billing.begun());
  }

  @Override
  protected void assertNothingIsLeft() {
    awaitEnded();
    assertThat(billing.received()).isEmpty();
  }
}
