package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The refused rows of an import are sent again and count as rows of its file. */
final class CorrectionTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  /** Line 3 of the file was refused. */
  private static final String GOOD =
      """
      2,Split,,INV-1,2031-08-05,100.00,GBP,1
      4,Split,,,2031-08-05,6.76,GBP,1
      """;

  private static final String INVOICE_LINE = "3,Split,,INV-1,2031-08-05,40.00,GBP,1\n";
  private static final String PAYMENT = "3,Split,,,2031-08-05,6.76,GBP,1\n";

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void correctedLineOfAnInvoiceGoesIn() {
    UUID first = first();

    Answer corrected = correcting(first, INVOICE_LINE);

    StagedBillingsTest.assertResult(corrected, 1, 0, 0);
    assertThat(
            SERVICE.count(
                "billing WHERE reference = 'INV-1' AND ordinal = 2 AND line = 3"
                    + " AND import_id = ?::uuid",
                corrected.text("task_id")))
        .isOne();
  }

  /** It is the second such payment of the file, so it is no duplicate of the first. */
  @Test
  void correctedRowThatEqualsAnotherRowOfTheFileGoesIn() {
    StagedBillingsTest.assertResult(correcting(first(), PAYMENT), 1, 0, 0);

    assertThat(SERVICE.count("billing WHERE reference IS NULL AND ordinal = 2")).isOne();
  }

  @Test
  void sentTwiceItAddsNothing() {
    UUID first = first();
    UUID corrected = UUID.fromString(correcting(first, INVOICE_LINE).text("task_id"));

    StagedBillingsTest.assertResult(correcting(first, INVOICE_LINE), 0, 1, 0);
    // the correction has a sheet of refused rows too, whose rows are rows of the first file
    StagedBillingsTest.assertResult(correcting(corrected, INVOICE_LINE), 0, 1, 0);
    // what is in stays as it is, whatever the sheet says now
    StagedBillingsTest.assertResult(
        correcting(first, INVOICE_LINE.replace("40.00", "41.00")), 0, 1, 0);
    StagedBillingsTest.assertResult(correcting(first, GOOD), 0, 2, 0);
    assertThat(SERVICE.count("billing")).isEqualTo(3);
  }

  /** The file repeats a payment of an earlier file, and its refused row is the same payment. */
  @Test
  void rowThatTheFileRepeatedBeforeIsNotRepeatedAgain() {
    importing("", "2,Split,,,2031-08-05,6.76,GBP,1\n");
    UUID first = first();
    assertThat(worker.task(first).text("result", "duplicates")).isEqualTo("1");

    StagedBillingsTest.assertResult(correcting(first, PAYMENT), 1, 0, 0);
  }

  @Test
  void rowThatOnlyAnEarlierFileHasIsADuplicate() {
    importing("", "2,Split,,INV-9,2031-08-05,5.00,GBP,1\n7,Split,,,2031-08-06,5.00,GBP,1\n");
    UUID first = first();

    StagedBillingsTest.assertResult(
        correcting(first, "3,Split,,INV-9,2031-08-05,5.00,GBP,1\n"), 0, 1, 0);
    StagedBillingsTest.assertResult(
        correcting(first, "5,Split,,,2031-08-06,5.00,GBP,1\n"), 0, 1, 0);
  }

  @Test
  void lineOfADocumentOfAnotherFileIsRefusedAsInEveryFile() {
    importing("", "2,Split,,INV-9,2031-08-05,5.00,GBP,1\n");

    UUID id = worker.stagedImport("?corrects=" + first(), "3,Split,,INV-9,2031-08-05,6.00,GBP,1\n");

    assertThat(worker.refusals(id, 1)).startsWith("3,reference,reference-differs,").hasLineCount(1);
  }

  @Test
  void lineThatAnotherCorrectionAddsMeanwhileHasTheSheetReadAgain() {
    UUID first = first();
    UUID late = worker.stagedImport("?corrects=" + first, INVOICE_LINE);
    correcting(first, INVOICE_LINE);

    worker.imported(late, 1, 1);

    assertThat(worker.task(late).text("error", "type"))
        .isEqualTo("urn:tallyman:problem:billings-changed");
  }

  @Test
  void onlyAnImportThatStoredBillingsCanBeCorrected() {
    UUID validated = worker.stagedImport("?mode=validate", GOOD);
    worker.imported(validated, 1, 2);
    UUID undone = first();
    SERVICE.post("/imports/" + undone + "/undo", "");

    assertThat(submit(worker.submit()).problem()).isEqualTo("not-correctable");
    assertThat(submit(validated).problem()).isEqualTo("not-correctable");
    assertThat(submit(undone).problem()).isEqualTo("not-correctable");
    assertThat(submit(UUID.randomUUID()).status()).isEqualTo(404);
  }

  private static Answer submit(UUID corrects) {
    return SERVICE.send(
        HttpRequest.newBuilder(SERVICE.uri("/imports?corrects=" + corrects))
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString("line\r\n")));
  }

  private UUID first() {
    return UUID.fromString(importing("", GOOD).text("task_id"));
  }

  private Answer correcting(UUID first, String rows) {
    return importing("?corrects=" + first, rows);
  }

  private Answer importing(String query, String rows) {
    UUID id = worker.stagedImport(query, rows);
    assertThat(worker.refusals(id, 1)).isEmpty();
    worker.imported(id, 1, (int) rows.lines().count());
    return worker.task(id);
  }
}
