package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers to heartbeats. */
final class HeartbeatTest {
  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.tasks.lease", "10m"));

  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submit();

  @Test
  void liveAttemptContinuesWithANewLease() {
    worker.claim(id);
    SERVICE.execute("UPDATE task SET lease_until = now() - interval '1 minute' WHERE id = ?", id);

    assertThat(worker.verdict(id, 1)).isEqualTo("CONTINUE");
    assertThat(SERVICE.count("task WHERE id = ? AND lease_until > now() + interval '5s'", id))
        .isOne();
  }

  @Test
  void progressIsShownAndNeverGoesBack() {
    worker.claim(id);
    assertThat(worker.task(id).text("progress")).isEqualTo("null");
    worker.heartbeat(id, 1, 412);

    worker.heartbeat(id, 1, 300);

    Answer task = worker.task(id);
    assertThat(task.text("progress", "phase")).isEqualTo("writing");
    assertThat(task.text("progress", "unit")).isEqualTo("rows");
    assertThat(task.text("progress", "done")).isEqualTo("412");
    assertThat(task.text("progress", "total")).isEqualTo("null");
  }

  @Test
  void taskThatEndsBeforeItsFirstHeartbeatHasItsLastProgress() {
    worker.claim(id);

    worker.done(id, 1);

    Answer task = worker.task(id);
    assertThat(task.text("status")).isEqualTo("SUCCESS");
    assertThat(task.text("progress", "phase")).isEqualTo("writing");
    assertThat(task.text("progress", "done")).isEqualTo("1");
    assertThat(task.text("progress", "total")).isEqualTo("1");
  }

  @Test
  void outcomeOfAnOlderWorkerKeepsTheProgressThatWasTold() {
    worker.claim(id);
    worker.heartbeat(id, 1, 412);

    worker.doneWithoutProgress(id, 1);

    assertThat(worker.task(id).text("status")).isEqualTo("SUCCESS");
    assertThat(worker.task(id).text("progress", "phase")).isEqualTo("writing");
    assertThat(worker.task(id).text("progress", "done")).isEqualTo("412");
  }

  @Test
  void anotherAttemptBeginsWithoutProgress() {
    worker.claim(id);
    worker.heartbeat(id, 1, 412);
    worker.outcome(id, 1, TestWorker.RELEASED);

    worker.claim(id);

    assertThat(worker.task(id).text("progress")).isEqualTo("null");
  }

  @Test
  void cancelledAttemptIsRevoked() {
    worker.claim(id);
    worker.cancel(id);

    assertThat(worker.verdict(id, 1)).isEqualTo("REVOKED");
  }

  @Test
  void attemptIsSupersededWhenItEndedOrAnotherRuns() {
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RELEASED);
    assertThat(worker.verdict(id, 1)).isEqualTo("SUPERSEDED");

    worker.claim(id);

    assertThat(worker.verdict(id, 1)).isEqualTo("SUPERSEDED");
    assertThat(worker.verdict(id, 2)).isEqualTo("CONTINUE");
    assertThat(worker.verdict(id, 3)).isEqualTo("SUPERSEDED");
  }

  @ParameterizedTest
  @CsvSource({"writing,-1", "'',1"})
  void progressThatMeansNothingIsInvalid(String phase, long done) {
    worker.claim(id);

    Answer refused =
        SERVICE.put(
            "/internal/tasks/" + id + "/attempts/1",
            """
            {"progress": {"phase": "%s", "unit": "rows", "done": %d, "total": null}}
            """
                .formatted(phase, done));

    assertThat(refused.status()).isEqualTo(422);
  }
}
