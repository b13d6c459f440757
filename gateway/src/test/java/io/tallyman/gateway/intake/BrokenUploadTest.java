package io.tallyman.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.FakeServices;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.testkit.BrokenUploads;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Uploads with a valid chunk that is a whole file, then a broken end. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrokenUploadTest extends BrokenUploads implements FakeServices {
  @Inject EmbeddedServer gateway;

  private int before;

  @BeforeEach
  void accept() {
    BILLING.answerJson("POST /imports", 202, FakeServices.sample("billing-service", "task"));
    before = BILLING.begun();
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
    await().until(() -> BILLING.begun() > before);
  }

  @Override
  protected void awaitEnded() {
    await().until(() -> BILLING.ended() == BILLING.begun());
  }

  @Override
  protected void assertNothingIsLeft() {
    awaitEnded();
    assertThat(BILLING.received()).isEmpty();
  }
}
