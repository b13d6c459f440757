package io.tallyman.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.gateway.Client;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** The deadline of a call passes at the same moment at which the call fails. */
@Isolated("it holds up a log that all share")
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LateFailureTest implements TestPropertyProvider {
  private final Logger logger = (Logger) LoggerFactory.getLogger(UpstreamFailures.class);
  private final StuckLog log = new StuckLog();

  @Inject Client client;

  /**
   * Makes this moment longer: the thread that reports the failure waits until the client has its
   * answer.
   */
  private static final class StuckLog extends AppenderBase<ILoggingEvent> {
    final CountDownLatch heard = new CountDownLatch(1);

    @Override
    protected void append(ILoggingEvent event) {
      try {
        // If the client has no answer by now, the deadline did not end the call.
        var _ = heard.await(PromptReads.DEADLINE.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.of("tallyman.billing-service.url", ServicesAwayTest.closedPort());
  }

  @BeforeEach
  void stick() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void loosen() {
    logger.detachAppender(log);
  }

  @Test
  void clientIsToldToTryAgain() {
    CompletableFuture<HttpResponse<String>> asked =
        client.sendAsync(client.request("/api/v1/vendors/7"));
    HttpResponse<String> refused = asked.whenComplete((_, _) -> log.heard.countDown()).join();

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(refused.body()).contains("urn:tallyman:problem:service-unavailable");
  }
}
