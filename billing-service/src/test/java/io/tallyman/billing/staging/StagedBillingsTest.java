package io.tallyman.billing.staging;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the rows of a file become billings, from staging to the result of the task. */
final class StagedBillingsTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  /** Two identical payments and a different one. */
  static final String THREE =
      """
      2,Willow Park,,,2022-03-31,10.00,GBP,1
      3,Willow Park,,,2022-03-31,10.00,GBP,1
      4,"Oak, Ash & Sons",,,2022-03-31,-7.50,GBP,1
      """;

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
    UUID id = worker.stagedImport(THREE);

    refusing(id, 8, 5, 5);

    Answer task = worker.task(id);
    assertThat(task.text("result", "refused")).isEqualTo("5");
    assertThat(task.text("result", "refused_listed")).isEqualTo("5");
    assertThat(codes(task)).containsExactly("rows-refused");
  }

  @Test
  void resultWarnsWhereNotAllRefusedRowsAreListed() throws IOException {
    UUID id = worker.stagedImport(THREE);

    refusing(id, 8, 5, 2);

    Answer task = worker.task(id);
    assertResult(task, 3, 0, 2);
    assertThat(task.text("result", "refused")).isEqualTo("5");
    assertThat(task.text("result", "refused_listed")).isEqualTo("2");
    assertThat(codes(task)).containsExactly("rows-refused", "refused-rows-not-all-listed");
    assertThat(task.body()).contains("the first 2 of 5 refused rows");
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

  static List<String> codes(Answer task) {
    JsonNode warnings = requireNonNull(requireNonNull(task.json().get("result")).get("warnings"));
    List<String> codes = new ArrayList<>();
    warnings
        .values()
        .forEach(warning -> codes.add(requireNonNull(warning.get("code")).getStringValue()));
    return codes;
  }

  @Test
  void sameFileAgainBringsOnlyDuplicates() {
    importing(THREE, 3);

    assertResult(importing(THREE, 3), 0, 3, 0);
    assertThat(SERVICE.count("billing")).isEqualTo(3);
  }

  @Test
  void resultHasTheFirstAndTheLastDayOfWhatWasImported() {
    importing("2,Elm,,,2022-03-31,10.00,GBP,1\n", 1);
    String more =
        """
        2,Elm,,,2022-03-31,10.00,GBP,1
        3,Elm,,,2022-04-02,20.00,EUR,1
        4,Elm,,,2022-04-01,20.00,GBP,1
        """;

    Answer task = importing(more, 3);
    Answer nothing = importing(more, 3);

    assertThat(task.text("result", "first_day")).isEqualTo("2022-04-01");
    assertThat(task.text("result", "last_day")).isEqualTo("2022-04-02");
    assertThat(nothing.body()).contains("\"first_day\":null", "\"last_day\":null");
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
    UUID id = worker.stagedImport(THREE);
    worker.imported(id, 1, 3);

    assertThat(worker.imported(id, 1, 3).status()).isEqualTo(200);

    assertResult(worker.task(id), 3, 0, 2);
    assertThat(SERVICE.count("billing")).isEqualTo(3);
  }

  @Test
  void referenceIsPartOfTheIdentityOfABilling() {
    importing("2,Willow Park,,R-1,2022-03-31,10.00,GBP,1\n", 1);

    Answer task =
        importing(
            """
            2,Willow Park,,R-1,2022-03-31,10.00,GBP,1
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
  void validatedFileIsCountedAndNotStored() {
    UUID id = worker.stagedImport("?mode=validate", THREE);

    worker.imported(id, 1, 3);

    assertResult(worker.task(id), 3, 0, 2);
    assertThat(SERVICE.count("billing")).isZero();
    assertThat(SERVICE.count("vendor")).isZero();
  }

  @Test
  void refusedRowAbortsAnImportThatSaysSo() {
    UUID id = worker.stagedImport("?on_error=abort", THREE);
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
    UUID id = worker.stagedImport("?on_error=abort", THREE);

    worker.imported(id, 1, 3);

    assertResult(worker.task(id), 3, 0, 2);
    assertThat(SERVICE.count("billing")).isEqualTo(3);
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
    UUID id = worker.stagedImport(THREE);
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

  private Answer importing(String rows, int reported) {
    UUID id = worker.stagedImport(rows);
    assertThat(worker.imported(id, 1, reported).status()).isEqualTo(200);
    return worker.task(id);
  }

  static void assertResult(Answer task, int imported, int duplicates, int vendorsCreated) {
    assertThat(task.text("status")).as(task.body()).isEqualTo("SUCCESS");
    assertThat(task.text("result", "imported")).isEqualTo("" + imported);
    assertThat(task.text("result", "duplicates")).isEqualTo("" + duplicates);
    assertThat(task.text("result", "vendors_created")).isEqualTo("" + vendorsCreated);
  }
}
