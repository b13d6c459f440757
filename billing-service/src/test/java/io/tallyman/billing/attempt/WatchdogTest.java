package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of("tallyman.tasks.lease", "2s", "tallyman.tasks.heartbeat", "500ms"));

  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submit();

  @Test
  void attemptWhoseLeaseRunsOutIsFollowedByAnother() {
    worker.claim(id);

    awaitStatus("RETRY");

    assertThat(worker.task(id).text("error", "type")).isEqualTo("urn:tallyman:problem:worker-lost");
    assertThat(worker.task(id).text("error", "detail")).contains("worker-1");
    assertThat(worker.verdict(id, 1)).isEqualTo("SUPERSEDED");
  }

  @Test
  void heartbeatsKeepAnAttemptAlive() {
    UUID silent = worker.submit();
    worker.claim(silent);
    worker.claim(id);

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              assertThat(worker.verdict(id, 1)).isEqualTo("CONTINUE");
              return worker.status(silent).equals("RETRY");
            });

    assertThat(worker.status(id)).isEqualTo("STARTED");
  }

  @Test
  void lossOfTheLastAttemptFailsTheTask() {
    SERVICE.execute("UPDATE task SET max_attempts = 1 WHERE id = ?", id);
    worker.claim(id);

    awaitStatus("FAILURE");

    assertThat(worker.task(id).text("error", "type")).isEqualTo("urn:tallyman:problem:worker-lost");
    assertThat(worker.task(id).text("error", "retryable")).isEqualTo("true");
  }

  @Test
  void attemptThatStandsStillIsFollowedByAnother() {
    claimForAnHour();
    SERVICE.execute("UPDATE task SET progressed_at = now() - interval '11 min' WHERE id = ?", id);

    awaitStatus("RETRY");

    assertThat(worker.task(id).text("error", "type")).isEqualTo("urn:tallyman:problem:stalled");
    assertThat(worker.verdict(id, 1)).isEqualTo("STALLED");
  }

  @Test
  void attemptThatTakesTooLongFailsTheTask() {
    claimForAnHour();
    SERVICE.execute(
        "UPDATE task SET attempt_started_at = now() - interval '61 min' WHERE id = ?", id);

    awaitStatus("FAILURE");

    assertThat(worker.task(id).text("error", "type")).isEqualTo("urn:tallyman:problem:time-limit");
    assertThat(worker.verdict(id, 1)).isEqualTo("TIME_LIMIT");
  }

  private void claimForAnHour() {
    worker.claim(id);
    SERVICE.execute("UPDATE task SET lease_until = now() + interval '1 hour' WHERE id = ?", id);
  }

  private void awaitStatus(String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(worker.status(id)).isEqualTo(status));
  }
}
