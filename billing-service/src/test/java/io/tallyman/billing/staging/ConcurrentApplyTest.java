package io.tallyman.billing.staging;

import static io.tallyman.billing.staging.StagedBillingsTest.THREE;
import static io.tallyman.billing.staging.StagedBillingsTest.assertResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The apply of an import while others change vendors, cancel the import, or apply another one. */
@Order(1)
final class ConcurrentApplyTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String WAITING =
      "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
          + " AND query LIKE '%' || ? || '%'";
  private static final String APPLYING =
      "pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO vendor%'"
          + " AND state = 'active'";

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void vendorThatChangedMeanwhileHasTheFileReadAgain() {
    SERVICE.execute("INSERT INTO vendor (account_name) VALUES ('Willow Park')");
    UUID id = worker.stagedImport(THREE);
    SERVICE.execute(
        "INSERT INTO vendor (account_name, account_number) VALUES ('Willow Park', 'W')");

    worker.imported(id, 1, 3);

    assertThat(worker.task(id).text("error", "type"))
        .isEqualTo("urn:tallyman:problem:vendors-changed");
    assertThat(worker.task(id).text("error", "retryable")).isEqualTo("true");
    assertThat(SERVICE.count("billing")).isZero();
  }

  /** Somebody changes a vendor when the apply has begun but not reached its first vendor. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE vendor SET currency = 'JPY' WHERE account_number = 'O-1'",
        "UPDATE vendor SET currency = NULL WHERE account_number = 'O-1'",
        "UPDATE vendor SET account_number = 'O-2' WHERE account_number = 'O-1'",
        "UPDATE vendor SET account_number = NULL WHERE account_number = 'O-1'",
        "UPDATE vendor SET account_name = 'Ash' WHERE account_name = 'Elm'",
        "UPDATE vendor SET currency = 'JPY' WHERE account_name = 'Elm'",
        "UPDATE vendor SET account_name = 'Elm' WHERE account_number = 'O-1'",
        "INSERT INTO vendor (account_name) VALUES ('Elm')",
        "DELETE FROM vendor WHERE account_number = 'O-1'",
      })
  void vendorThatChangesDuringTheApplyHasTheFileReadAgain(String change) {
    Answer task = changedDuringTheApply("", change);

    assertReadAgain(task);
    assertThat(SERVICE.count("vendor WHERE import_id IS NOT NULL")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?mode=validate", "?on_error=abort"})
  void vendorThatChangesDuringTheApplyHasTheFileReadAgainInEveryMode(String query) {
    Answer task = changedDuringTheApply(query, "UPDATE vendor SET currency = 'JPY' WHERE id = 1");

    assertReadAgain(task);
  }

  private Answer changedDuringTheApply(String query, String change) {
    UUID id = worker.stagedImport(query, addOakAndElm());
    SERVICE
        .jdbi()
        .useTransaction(
            other -> {
              other.execute("LOCK TABLE vendor IN EXCLUSIVE MODE");
              assertThat(worker.imported(id, 1, 3).status()).isEqualTo(202);
              await().until(() -> SERVICE.count(WAITING, "INSERT INTO vendor") == 1);
              other.execute(change);
            });
    await().until(() -> !worker.status(id).equals("STARTED"));
    return worker.task(id);
  }

  private static void assertReadAgain(Answer task) {
    assertThat(task.text("status")).as(task.body()).isEqualTo("RETRY");
    assertThat(task.text("error", "type")).isEqualTo("urn:tallyman:problem:vendors-changed");
    assertThat(SERVICE.count("billing")).isZero();
  }

  /**
   * The last billing waits for another one with its reference, while somebody changes the vendors.
   */
  @Test
  void vendorCanBeChangedWhileBillingsAreAddedAndChangesNoneOfThem() {
    UUID id =
        whileBillingsAreAdded(
            () -> {
              String yen = "{\"currency\": \"JPY\", \"account_name\": \"Elm\"}";
              String none = "{\"currency\": null, \"account_name\": \"Ash\"}";
              assertThat(SERVICE.patch("/vendors/1", yen).status()).isEqualTo(200);
              assertThat(SERVICE.patch("/vendors/2", none).status()).isEqualTo(200);
            });

    assertResult(worker.task(id), 4, 0, 1);
    assertThat(SERVICE.count("billing WHERE vendor_id = 1 AND payable::text = '12.34'")).isOne();
    assertThat(SERVICE.count("billing WHERE vendor_id = 1 AND payable::text = '56.78'")).isOne();
    assertThat(SERVICE.count("billing WHERE vendor_id = 2 AND payable::text = '7.50'")).isOne();
    assertThat(SERVICE.count("billing WHERE currency = 'GBP'")).isEqualTo(4);
  }

  @Test
  void vendorThatIsDeletedWhileBillingsAreAddedHasTheFileReadAgain() {
    UUID id =
        whileBillingsAreAdded(
            () ->
                SERVICE
                    .attempts()
                    .useHandle(elsewhere -> elsewhere.execute("DELETE FROM vendor WHERE id = 2")));

    assertReadAgain(worker.task(id));
  }

  private UUID whileBillingsAreAdded(Runnable change) {
    UUID id = worker.stagedImport(addOakAndElm() + "5,Oak,O-1,R-5,2022-03-31,56.78,,1\n");
    SERVICE
        .jdbi()
        .useTransaction(
            other -> {
              other.execute(
                  """
                  INSERT INTO billing
                    (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
                  VALUES (1, '2022-03-31', 56.78, 'GBP', 1, 'R-5', 1)
                  """);
              assertThat(worker.imported(id, 1, 4).status()).isEqualTo(202);
              await().until(() -> SERVICE.count(WAITING, "WITH staged") == 1);
              change.run();
              other.rollback();
            });
    await().until(() -> !worker.status(id).equals("STARTED"));
    return id;
  }

  /** Adds two vendors with a currency. Returns rows for them that give no currency. */
  private static String addOakAndElm() {
    SERVICE.execute(
        """
        INSERT INTO vendor (account_name, account_number, currency)
        VALUES ('Oak', 'O-1', 'GBP'), ('Elm', NULL, 'GBP')
        """);
    return """
    2,,O-1,,2022-03-31,12.34,,1
    3,Elm,,,2022-03-31,7.5,,1
    4,New,,,2022-03-31,1.00,GBP,1
    """;
  }

  @Test
  void cancelStopsWhatIsBeingApplied() {
    UUID id = worker.stagedImport(THREE);
    SERVICE
        .jdbi()
        .useTransaction(
            other -> {
              other.execute("LOCK TABLE vendor IN EXCLUSIVE MODE");
              assertThat(worker.imported(id, 1, 3).status()).isEqualTo(202);

              worker.cancel(id);

              await().until(() -> SERVICE.count(APPLYING) == 0);
            });
    assertThat(worker.imported(id, 1, 3).problem()).isEqualTo("revoked");
    assertThat(SERVICE.count("billing")).isZero();
  }

  @Test
  void workerThatWaitsForACancelledImportLearnsThatItIsCancelled() {
    UUID id = worker.stagedImport(THREE);
    List<Answer> answers = new ArrayList<>();
    SERVICE
        .jdbi()
        .useTransaction(
            other -> {
              other.execute("LOCK TABLE vendor IN EXCLUSIVE MODE");
              answers.add(worker.imported(id, 1, 3));
              worker.cancel(id);
              while (answers.getLast().status() == 202) {
                answers.add(worker.imported(id, 1, 3));
              }
            });

    assertThat(answers.getLast().status()).as(answers.getLast().body()).isEqualTo(409);
    assertThat(answers.getLast().problem()).isEqualTo("revoked");
  }

  @Test
  void whileAnotherImportIsAppliedTheWorkerAsksAgain() {
    UUID id = worker.stagedImport(THREE);
    SERVICE
        .jdbi()
        .useTransaction(
            other -> {
              other.execute("SELECT pg_advisory_xact_lock(?)", 0x696d706fL);
              assertThat(worker.imported(id, 1, 3).status()).isEqualTo(202);
              assertThat(worker.verdict(id, 1)).isEqualTo("CONTINUE");
            });

    await().until(() -> worker.imported(id, 1, 3).status() == 200);

    assertResult(worker.task(id), 3, 0, 2);
  }

  @RepeatedTest(5)
  void importsAtTheSameTimeThatNameTheSameNewVendorMakeOne() {
    UUID one = worker.stagedImport("2,Oak,,,2022-03-31,1.00,GBP,1\n");
    UUID other = worker.stagedImport("2,Oak,,,2022-03-31,2.00,GBP,1\n");

    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> importUntilItStands(one)),
            CompletableFuture.runAsync(() -> importUntilItStands(other)))
        .join();

    assertThat(SERVICE.count("vendor")).isOne();
    assertThat(SERVICE.count("billing")).isEqualTo(2);
    assertThat(List.of(one, other))
        .extracting(id -> worker.task(id).text("result", "vendors_created"))
        .containsExactlyInAnyOrder("1", "0");
  }

  private void importUntilItStands(UUID id) {
    await().until(() -> worker.imported(id, 1, 1).status() == 200);
  }
}
