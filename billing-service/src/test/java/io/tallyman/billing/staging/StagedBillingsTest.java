package io.tallyman.billing.staging;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the rows of a file become billings, from staging to the result of the task. */
final class StagedBillingsTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  /** Two identical payments and a different one. */
  private static final String THREE =
      """
      2,Willow Park,,,2022-03-31,10.00,GBP,1
      3,Willow Park,,,2022-03-31,10.00,GBP,1
      4,"Oak, Ash & Sons",,,2022-03-31,-7.50,GBP,1
      """;

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
  void everyRowOfAFileCountsAlsoAnEqualOne() {
    Answer task = importing(THREE, 3);

    assertThat(task.text("status")).isEqualTo("SUCCESS");
    assertResult(task, 3, 0, 2);
    assertThat(task.text("result", "rows")).isEqualTo("3");
    assertThat(task.text("result", "refused")).isEqualTo("0");
    assertThat(task.text("result", "error_sheet_id")).isEqualTo("null");
    assertThat(SERVICE.count("billing WHERE import_id = ?::uuid", task.text("task_id")))
        .isEqualTo(3);
    assertThat(SERVICE.count("billing WHERE line = 3 AND ordinal = 2")).isOne();
    assertThat(SERVICE.count("vendor WHERE account_name = 'Oak, Ash & Sons'")).isOne();
  }

  @Test
  void resultSaysHowManyRefusedRowsAreListed() throws IOException {
    UUID id = staged(THREE);

    refusing(id, 8, 5, 5);

    Answer task = worker.task(id);
    assertThat(task.text("result", "refused")).isEqualTo("5");
    assertThat(task.text("result", "refused_listed")).isEqualTo("5");
    assertThat(warnings(task)).isEqualTo(JsonNode.createArrayNode(List.of()));
  }

  @Test
  void resultWarnsWhereNotAllRefusedRowsAreListed() throws IOException {
    UUID id = staged(THREE);

    refusing(id, 8, 5, 2);

    Answer task = worker.task(id);
    assertResult(task, 3, 0, 2);
    assertThat(task.text("result", "refused")).isEqualTo("5");
    assertThat(task.text("result", "refused_listed")).isEqualTo("2");
    JsonNode warning = requireNonNull(warnings(task).get(0));
    assertThat(requireNonNull(warning.get("code")).getStringValue())
        .isEqualTo("refused-rows-not-all-listed");
    assertThat(requireNonNull(warning.get("message")).getStringValue())
        .contains("the first 2 of 5 refused rows");
  }

  private void refusing(UUID id, int rows, int refused, int listed) throws IOException {
    Files.writeString(SERVICE.sheet(id, 1), TestWorker.SHEET);
    String done =
        TestWorker.wrote(TestWorker.SHEET.length())
            .replace(
                "\"result\": null",
                "\"result\": {\"rows\": %d, \"refused\": %d}".formatted(rows, refused))
            .replace("\"rows\": 1,", "\"rows\": " + listed + ",");
    assertThat(worker.outcome(id, 1, done).status()).isEqualTo(200);
  }

  private static JsonNode warnings(Answer task) {
    return requireNonNull(requireNonNull(task.json().get("result")).get("warnings"));
  }

  @Test
  void sameFileAgainBringsOnlyDuplicates() {
    importing(THREE, 3);

    assertResult(importing(THREE, 3), 0, 3, 0);
    assertThat(SERVICE.count("billing")).isEqualTo(3);
  }

  /** A billing that was entered by hand counts as the first of its content in a file. */
  @Test
  void billingThatWasAddedByItselfIsADuplicateInAFileAndTheOtherWayAround() {
    importing("2,Elm,,,2022-03-31,10.00,GBP,1\n", 1);
    String vendor =
        SERVICE.get("/vendors?account_name=Elm").body().replaceAll(".*\"id\":(\\d+).*", "$1");

    assertThat(post(vendor, "10.00").problem()).isEqualTo("duplicate-billing");
    assertThat(post(vendor, "20.00").status()).isEqualTo(201);

    String twice = "2,Elm,,,2022-03-31,20.00,GBP,1\n3,Elm,,,2022-03-31,20.00,GBP,1\n";
    assertResult(importing(twice, 2), 1, 1, 0);
  }

  private static Answer post(String vendor, String payable) {
    return SERVICE.post(
        "/billings",
        """
        {"vendor_id": %s, "date_billed": "2022-03-31", "payable": "%s", "currency": "GBP"}
        """
            .formatted(vendor, payable));
  }

  @Test
  void outcomeThatIsReportedAgainAppliesNothingTwice() {
    UUID id = staged(THREE);
    worker.imported(id, 1, 3);

    assertThat(worker.imported(id, 1, 3).status()).isEqualTo(200);

    assertResult(worker.task(id), 3, 0, 2);
    assertThat(SERVICE.count("billing")).isEqualTo(3);
  }

  @Test
  void referenceIsTheIdentityOfABillingThatHasOne() {
    importing("2,Willow Park,,R-1,2022-03-31,10.00,GBP,1\n", 1);

    Answer task =
        importing(
            """
            2,Willow Park,,R-1,2022-04-01,99.00,GBP,1
            3,Willow Park,,R-2,2022-03-31,10.00,GBP,1
            4,Oak,,R-1,2022-03-31,10.00,GBP,1
            5,Willow Park,,,2022-03-31,10.00,GBP,1
            """,
            4);

    assertResult(task, 3, 1, 1);
  }

  @Test
  void accountNumberDecidesWhoseABillingIs() {
    importing("2,Willow Park,WP-1,,2022-03-31,10.00,GBP,1\n", 1);

    Answer task =
        importing(
            """
            2,Another Name,WP-1,,2022-03-31,11.00,GBP,1
            3,,WP-1,,2022-03-31,12.00,GBP,1
            4,Willow Park,WP-2,,2022-03-31,13.00,GBP,1
            """,
            3);

    assertResult(task, 3, 0, 1);
    assertThat(
            SERVICE.count(
                "billing b JOIN vendor v ON v.id = b.vendor_id WHERE account_number = 'WP-1'"))
        .isEqualTo(3);
    assertThat(SERVICE.count("vendor WHERE account_name = 'Another Name'")).isZero();
  }

  @Test
  void rowsThatWereLostOnTheWayAreReadAgain() {
    Answer task = importing(THREE, 4);

    assertThat(task.text("status")).isEqualTo("RETRY");
    assertThat(task.text("error", "type")).isEqualTo("urn:tallyman:problem:rows-not-staged");
    assertThat(SERVICE.count("billing")).isZero();
    assertThat(SERVICE.count("vendor")).isZero();
  }

  @Test
  void vendorThatChangedMeanwhileHasTheFileReadAgain() {
    SERVICE.execute("INSERT INTO vendor (account_name) VALUES ('Willow Park')");
    UUID id = staged(THREE);
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
    UUID id = staged(query, addOakAndElm());
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
    UUID id = staged(addOakAndElm() + "5,Oak,O-1,R-5,2022-03-31,56.78,,1\n");
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
  void validatedFileIsCountedAndNotStored() {
    UUID id = staged("?mode=validate", THREE);

    worker.imported(id, 1, 3);

    assertResult(worker.task(id), 3, 0, 2);
    assertThat(SERVICE.count("billing")).isZero();
    assertThat(SERVICE.count("vendor")).isZero();
  }

  @Test
  void refusedRowAbortsAnImportThatSaysSo() {
    UUID id = staged("?on_error=abort", THREE);
    String outcome =
        """
        {"outcome": "DONE", "sheet": null, "result": {"rows": 4, "refused": 1}}
        """;

    assertThat(worker.outcome(id, 1, outcome).status()).isEqualTo(200);
    assertThat(worker.outcome(id, 1, outcome).status()).isEqualTo(200);

    Answer task = worker.task(id);
    assertThat(task.text("status")).isEqualTo("FAILURE");
    assertThat(task.text("error", "type")).isEqualTo("urn:tallyman:problem:rows-refused");
    assertThat(task.text("error", "retryable")).isEqualTo("false");
    assertThat(task.text("result", "refused")).isEqualTo("1");
    assertThat(task.text("result", "imported")).isEqualTo("0");
    assertThat(SERVICE.count("billing")).isZero();
  }

  @Test
  void importThatWouldAbortStoresAFileWithoutFaults() {
    UUID id = staged("?on_error=abort", THREE);

    worker.imported(id, 1, 3);

    assertResult(worker.task(id), 3, 0, 2);
    assertThat(SERVICE.count("billing")).isEqualTo(3);
  }

  @Test
  void cancelStopsWhatIsBeingApplied() {
    UUID id = staged(THREE);
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
  void fileWithoutGoodRowsImportsNothing() {
    UUID id = worker.submitImport();
    worker.claim(id);

    worker.imported(id, 1, 0);

    assertResult(worker.task(id), 0, 0, 0);
  }

  @Test
  void stagedRowsOfADeadAttemptAreNeverAppliedAndAreSwept() {
    UUID id = staged(THREE);
    worker.outcome(id, 1, TestWorker.RELEASED);
    worker.claim(id);
    worker.stage(id, 2, "2,Oak,,,2022-03-31,1.00,GBP,1\n");

    assertThat(worker.imported(id, 1, 3).problem()).isEqualTo("superseded");
    SERVICE.bean(StagedSweeper.class).sweep();
    assertThat(SERVICE.count("staged_billing")).isOne();
    worker.imported(id, 2, 1);

    assertResult(worker.task(id), 1, 0, 1);
    SERVICE.bean(StagedSweeper.class).sweep();
    assertThat(SERVICE.count("staged_billing")).isZero();
  }

  @Test
  void whileAnotherImportIsAppliedTheWorkerAsksAgain() {
    UUID id = staged(THREE);
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
    UUID one = staged("2,Oak,,,2022-03-31,1.00,GBP,1\n");
    UUID other = staged("2,Oak,,,2022-03-31,2.00,GBP,1\n");

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

  private UUID staged(String rows) {
    return staged("", rows);
  }

  private UUID staged(String query, String rows) {
    UUID id = worker.submitImport(query);
    worker.claim(id);
    assertThat(worker.stage(id, 1, rows).status()).isEqualTo(200);
    return id;
  }

  private Answer importing(String rows, int reported) {
    UUID id = staged(rows);
    assertThat(worker.imported(id, 1, reported).status()).isEqualTo(200);
    return worker.task(id);
  }

  private static void assertResult(Answer task, int imported, int duplicates, int vendorsCreated) {
    assertThat(task.text("status")).as(task.body()).isEqualTo("SUCCESS");
    assertThat(task.text("result", "imported")).isEqualTo("" + imported);
    assertThat(task.text("result", "duplicates")).isEqualTo("" + duplicates);
    assertThat(task.text("result", "vendors_created")).isEqualTo("" + vendorsCreated);
  }
}
