package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The commits of DONE outcomes. */
final class CompletionsTest {
  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.tasks.lease", "10m"));

  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submit();

  @Test
  void resultIsTheSheetThatTheAttemptWrote() {
    worker.claim(id);

    assertThat(worker.done(id, 1).status()).isEqualTo(200);

    Answer task = worker.task(id);
    assertThat(task.text("status")).isEqualTo("SUCCESS");
    assertThat(task.text("result", "rows")).isEqualTo("1");
    assertThat(task.text("result", "sha256")).isEqualTo(TestWorker.SHA256);
    assertThat(task.text("error")).isEqualTo("null");
    assertThat(SERVICE.get("/sheets/" + task.text("result", "sheet_id")).text("task_id"))
        .isEqualTo(id.toString());
  }

  @Test
  void idsOfTasksAndSheetsSortByTheTimeTheyWereMade() {
    worker.claim(id);
    worker.done(id, 1);

    UUID sheet = UUID.fromString(worker.task(id).text("result", "sheet_id"));
    assertThat(id.version()).isEqualTo(7);
    assertThat(sheet.version()).isEqualTo(7);
    assertThat(sheet.toString()).isGreaterThan(id.toString());
  }

  @Test
  void winnerThatAsksAgainGetsTheSameAnswerAndNoSecondSheet() {
    worker.claim(id);
    worker.done(id, 1);
    String task = worker.task(id).body();

    assertThat(worker.done(id, 1).status()).isEqualTo(200);

    assertThat(worker.task(id).body()).isEqualTo(task);
    assertThat(SERVICE.count("sheet WHERE task_id = ?", id)).isOne();
  }

  @Test
  void outcomeCountsThoughTheLeaseHasRunOutUnnoticed() {
    worker.claim(id);
    SERVICE.execute("UPDATE task SET lease_until = now() - interval '1 minute' WHERE id = ?", id);

    worker.done(id, 1);

    assertThat(worker.status(id)).isEqualTo("SUCCESS");
  }

  @Test
  void errorOfAnEarlierAttemptIsGoneFromASuccess() {
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RETRY);
    SERVICE.execute("UPDATE task SET due_at = now() WHERE id = ?", id);
    worker.claim(id);

    worker.done(id, 2);

    assertThat(worker.task(id).text("error")).isEqualTo("null");
  }

  @Test
  void successNeverChanges() {
    worker.claim(id);
    worker.done(id, 1);

    assertThat(worker.outcome(id, 1, TestWorker.RETRY).problem()).isEqualTo("superseded");
    assertThat(worker.outcome(id, 1, TestWorker.GIVE_UP).problem()).isEqualTo("superseded");
    assertThat(worker.verdict(id, 1)).isEqualTo("SUPERSEDED");
    assertThat(worker.claim(id).problem()).isEqualTo("claim-refused");
    assertThat(worker.status(id)).isEqualTo("SUCCESS");
  }

  @Test
  void sheetThatIsNotThereIsRefusedAndTheTaskGoesOn() {
    worker.claim(id);

    assertStillStarted(worker.outcome(id, 1, TestWorker.wrote(10)), "sheet-missing");
  }

  @Test
  void sheetOfAnotherSizeIsRefusedAndTheTaskGoesOn() throws IOException {
    worker.claim(id);
    Files.writeString(SERVICE.sheet(id, 1), "half of it");

    assertStillStarted(worker.outcome(id, 1, TestWorker.wrote(20)), "sheet-missing");
  }

  @Test
  void sheetTaskWithoutASheetIsRefusedAndTheTaskGoesOn() {
    worker.claim(id);

    assertStillStarted(worker.imported(id, 1, 3), "incomplete-outcome");
  }

  @Test
  void importWithoutCountsIsRefusedAndTheTaskGoesOn() {
    UUID upload = worker.submitImport();
    worker.claim(upload);

    Answer refused =
        worker.outcome(
            upload,
            1,
            """
            {"outcome": "DONE", "sheet": null, "result": null}
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("incomplete-outcome");
    assertThat(worker.status(upload)).isEqualTo("STARTED");
  }

  @Test
  void resultOfAnotherShapeIsRefusedAndTheTaskGoesOn() {
    UUID upload = worker.submitImport();
    worker.claim(upload);

    Answer refused =
        worker.outcome(
            upload,
            1,
            """
            {"outcome": "DONE", "sheet": null, "result": {"rows": "many", "refused": 0}}
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("incomplete-outcome");
    assertThat(worker.status(upload)).isEqualTo("STARTED");
  }

  @Test
  void digestThatIsNoneIsInvalid() {
    worker.claim(id);

    String outcome = TestWorker.wrote(10).replace(TestWorker.SHA256, "9f86");

    assertStillStarted(worker.outcome(id, 1, outcome), "invalid-fields");
  }

  private void assertStillStarted(Answer refused, String problem) {
    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo(problem);
    assertThat(worker.status(id)).isEqualTo("STARTED");
    assertThat(SERVICE.count("sheet WHERE task_id = ?", id)).isZero();
  }
}
