package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.dispatch.Dispatch;
import io.tallyman.billing.dispatch.TestDispatcher;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tasks make progress while clients hold all connections for ordinary requests. */
final class CrowdTest {
  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of(
              "tallyman.database.connections", 2,
              "tallyman.database.min-connections", 2,
              "datasources.default.connection-timeout", 300));

  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void tasksAreDispatchedCountedClaimedAndWatchedAndTheServiceIsReady() {
    UUID first = worker.submit();
    UUID second = worker.submit();

    try (Handle _ = SERVICE.jdbi().open();
        Handle _ = SERVICE.jdbi().open()) {
      assertThat(worker.task(first).status()).isEqualTo(503);

      assertThat(new TestDispatcher(SERVICE).mark())
          .extracting(Dispatch::id)
          .containsExactly(first, second);
      assertThat(worker.claim(first, UUID.randomUUID(), 1).status()).isEqualTo(200);
      assertThat(worker.verdict(first, 1)).isEqualTo("CONTINUE");
      assertThat(SERVICE.get("/internal/load").body()).contains("\"waiting\":1,\"running\":1");
      assertThatCode(SERVICE.bean(Watchdog.class)::look).doesNotThrowAnyException();
      assertThat(SERVICE.get("/health/readiness").status()).isEqualTo(200);
    }
  }
}
