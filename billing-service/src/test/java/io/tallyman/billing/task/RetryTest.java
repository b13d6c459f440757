package io.tallyman.billing.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A client retries a task that has ended. */
final class RetryTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void failedTaskIsDoneAgainByANewOne() {
    UUID failed = worker.submit("\"priority\": 7");
    worker.claim(failed);
    worker.outcome(failed, 1, TestWorker.GIVE_UP);

    Answer retry = retry(failed);

    assertThat(retry.status()).isEqualTo(202);
    assertThat(retry.header("Location")).isEqualTo("/tasks/" + retry.text("task_id"));
    assertThat(retry.text("task_id")).isNotEqualTo(failed.toString());
    assertThat(retry.text("retry_of")).isEqualTo(failed.toString());
    assertThat(retry.text("status")).isEqualTo("PENDING");
    assertThat(retry.text("priority")).isEqualTo("7");
    assertThat(retry.text("parameters", "billing_date")).isEqualTo("2022-03-31");
    assertThat(worker.status(failed)).isEqualTo("FAILURE");
  }

  @Test
  void taskThatSucceededOrHasNotEndedIsNotDoneAgain() {
    UUID waiting = worker.submit();
    assertThat(retry(waiting).problem()).isEqualTo("not-retryable");

    worker.claim(waiting);
    assertThat(retry(waiting).problem()).isEqualTo("not-retryable");

    worker.done(waiting, 1);
    assertThat(retry(waiting).status()).isEqualTo(409);
    assertThat(retry(waiting).problem()).isEqualTo("not-retryable");
    assertThat(retry(UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void retryOfAnImportHasTheSameUploadForItself() throws IOException {
    UUID cancelled = worker.submitImport();
    worker.cancel(cancelled);

    UUID retry = UUID.fromString(retry(cancelled).text("task_id"));
    Files.delete(SERVICE.upload(cancelled));

    String upload = worker.claim(retry).text("upload_file");
    assertThat(SERVICE.file(upload)).hasContent("date_billed\r\n");
  }

  @Test
  void importWhoseUploadIsGoneIsNotDoneAgain() throws IOException {
    UUID cancelled = worker.submitImport();
    worker.cancel(cancelled);
    Files.delete(SERVICE.upload(cancelled));

    Answer refused = retry(cancelled);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("upload-expired");
    assertThat(SERVICE.count("task WHERE retry_of = ?", cancelled)).isZero();
  }

  private static Answer retry(UUID id) {
    return SERVICE.post("/tasks/" + id + "/retry", "");
  }
}
