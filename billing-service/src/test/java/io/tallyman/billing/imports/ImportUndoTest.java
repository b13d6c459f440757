package io.tallyman.billing.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ImportUndoTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String ROWS =
      """
      2,Oak,,,2022-03-31,10.00,GBP,1
      3,Elm,E-1,,2022-03-31,10.00,GBP,1
      4,Elm,E-1,,2022-03-31,10.00,GBP,1
      """;

  private static final String DONE = "{\"outcome\": \"DONE\", \"sheet\": null, \"result\": null}";

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void removesTheBillingsOfTheImportAndTheVendorsThatOnlyItMade() {
    UUID before = imported("2,Ash,,,2022-03-31,10.00,GBP,1\n", 1);
    UUID wrong = imported(ROWS + "5,Ash,,,2022-04-01,10.00,GBP,1\n", 4);
    imported("2,Oak,,,2022-05-01,10.00,GBP,1\n", 1);

    Answer task = undone(wrong);

    assertThat(task.text("task")).isEqualTo("billing.undo_import");
    assertThat(task.text("status")).isEqualTo("SUCCESS");
    assertThat(task.text("result", "billings_removed")).isEqualTo("4");
    assertThat(task.text("result", "vendors_removed")).isEqualTo("1");
    assertThat(SERVICE.count("billing WHERE import_id = ?", before)).isOne();
    assertThat(SERVICE.count("billing")).isEqualTo(2);
    assertThat(SERVICE.count("vendor WHERE account_name IN ('Ash', 'Oak')")).isEqualTo(2);
    assertThat(SERVICE.count("vendor")).isEqualTo(2);
  }

  @Test
  void vendorThatSomebodyAnswersForStays() {
    UUID wrong = imported(ROWS, 3);
    SERVICE.execute("UPDATE vendor SET manager_id = 7 WHERE account_name = 'Oak'");

    undone(wrong);

    assertThat(SERVICE.count("vendor WHERE account_name = 'Oak'")).isOne();
  }

  /** Somebody adds a billing after the undo has begun and seen no billings. */
  @Test
  void vendorOfABillingThatIsAddedDuringTheUndoStays() {
    UUID wrong = imported(ROWS, 3);
    UUID id = UUID.fromString(undo(wrong).text("task_id"));
    worker.claim(id);
    SERVICE
        .jdbi()
        .useTransaction(
            other -> {
              other.execute(
                  """
                  INSERT INTO billing
                    (vendor_id, date_billed, payable, currency, total_issues, ordinal)
                  SELECT id, '2022-05-01', 1.00, 'GBP', 1, 1 FROM vendor WHERE account_name = 'Oak'
                  """);
              assertThat(worker.outcome(id, 1, DONE).status()).isEqualTo(202);
              await()
                  .until(
                      () ->
                          SERVICE.count(
                                  "pg_stat_activity WHERE datname = current_database()"
                                      + " AND wait_event_type = 'Lock'")
                              == 1);
            });

    await().until(() -> worker.status(id).equals("SUCCESS"));
    assertThat(worker.task(id).text("result", "vendors_removed")).isEqualTo("1");
    assertThat(SERVICE.count("vendor WHERE account_name = 'Oak'")).isOne();
    assertThat(SERVICE.count("billing")).isOne();
  }

  @Test
  void fileIsImportedAgainAfterItsUndo() {
    undone(imported(ROWS, 3));

    Answer again = worker.task(imported(ROWS, 3));

    assertThat(again.text("result", "imported")).isEqualTo("3");
    assertThat(again.text("result", "duplicates")).isEqualTo("0");
  }

  @Test
  void importIsUndoneOnce() {
    UUID wrong = imported(ROWS, 3);
    Answer first = undo(wrong);

    assertThat(undo(wrong).status()).isEqualTo(409);
    assertThat(undo(wrong).problem()).isEqualTo("already-undone");
    assertThat(undo(wrong).text("detail")).contains(first.text("task_id"));

    worker.cancel(UUID.fromString(first.text("task_id")));
    assertThat(undone(wrong).text("status")).isEqualTo("SUCCESS");
    assertThat(undo(wrong).problem()).isEqualTo("already-undone");
    assertThat(SERVICE.post("/tasks/" + first.text("task_id") + "/retry", "").problem())
        .isEqualTo("duplicate-task");
  }

  @Test
  void onlyAnImportThatStoredSomethingIsUndone() {
    UUID validated = worker.submitImport("?mode=validate");
    worker.claim(validated);
    worker.imported(validated, 1, 0);

    assertThat(undo(validated).problem()).isEqualTo("not-undoable");
    assertThat(undo(worker.submitImport()).problem()).isEqualTo("not-undoable");
    assertThat(undo(worker.submit()).problem()).isEqualTo("not-undoable");
    assertThat(undo(UUID.randomUUID()).status()).isEqualTo(404);
  }

  private Answer undo(UUID id) {
    return SERVICE.post("/imports/" + id + "/undo", "");
  }

  private Answer undone(UUID importId) {
    Answer accepted = undo(importId);
    assertThat(accepted.status()).isEqualTo(202);
    UUID id = UUID.fromString(accepted.text("task_id"));
    worker.claim(id);
    worker.outcome(id, 1, DONE);
    return worker.task(id);
  }

  private UUID imported(String rows, int count) {
    UUID id = worker.stagedImport(rows);
    worker.imported(id, 1, count);
    assertThat(worker.status(id)).isEqualTo("SUCCESS");
    return id;
  }
}
