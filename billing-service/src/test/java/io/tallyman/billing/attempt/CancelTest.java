package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class CancelTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submit();

  @Test
  void waitingTaskIsRevokedAndCannotBeClaimed() {
    assertRevoked(worker.cancel(id));

    assertThat(worker.claim(id).problem()).isEqualTo("claim-refused");
  }

  @Test
  void runningTaskIsRevokedAtOnce() {
    worker.claim(id);

    assertRevoked(worker.cancel(id));
  }

  @Test
  void taskBetweenAttemptsIsRevoked() {
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RETRY);

    assertRevoked(worker.cancel(id));
  }

  @Test
  void cancellingTwiceIsAsCancellingOnce() {
    Answer first = worker.cancel(id);

    Answer second = worker.cancel(id);

    assertThat(second.status()).isEqualTo(202);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(SERVICE.count("task_event WHERE task_id = ?", id)).isEqualTo(2);
  }

  @Test
  void taskThatSucceededHasEnded() {
    worker.claim(id);
    worker.done(id, 1);

    assertEnded("SUCCESS");
  }

  @Test
  void taskThatFailedHasEnded() {
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.GIVE_UP);

    assertEnded("FAILURE");
  }

  @Test
  void unknownTaskIsNotFound() {
    Answer refused = worker.cancel(UUID.randomUUID());

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.problem()).isEqualTo("unknown-task-id");
  }

  private void assertRevoked(Answer cancelled) {
    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(cancelled.text("status")).isEqualTo("REVOKED");
    assertThat(cancelled.text("date_done")).isNotEqualTo("null");
    assertThat(cancelled.text("queue_position")).isEqualTo("null");
    assertThat(worker.status(id)).isEqualTo("REVOKED");
  }

  private void assertEnded(String status) {
    Answer refused = worker.cancel(id);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("task-ended");
    assertThat(worker.status(id)).isEqualTo(status);
  }
}
