package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A sweep that hangs blocks the single thread of all sweeps, but not the watchdog. */
final class BlockedSweepTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of(
              "micronaut.executors.scheduled.type", "scheduled",
              "micronaut.executors.scheduled.core-pool-size", 1,
              "tallyman.tasks.lease", "2s",
              "tallyman.tasks.heartbeat", "500ms"));

  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void watchdogTakesTheTaskOfALostWorkerAllTheSame() {
    try (Handle locking = SERVICE.jdbi().open()) {
      locking.begin();
      locking.execute("LOCK TABLE staged_billing IN ACCESS EXCLUSIVE MODE");
      await("a sweep is blocked")
          .atMost(PATIENCE)
          .until(
              () ->
                  SERVICE.count(
                          "pg_stat_activity WHERE wait_event_type = 'Lock'"
                              + " AND query LIKE '%staged_billing%'")
                      == 1);
      UUID id = worker.submit();
      worker.claim(id);

      await("its lease runs out")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(worker.status(id)).isEqualTo("RETRY"));
      locking.rollback();
    }
  }
}
