package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that share a vendor and a reference are lines of one document. */
final class DocumentLinesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  /** A document with three lines, two of them identical, and a document with one line. */
  private static final String INVOICES =
      """
      2,Split,,INV-7001,2031-08-05,100.00,GBP,1
      3,Split,,INV-7001,2031-08-05,40.00,GBP,1
      4,Split,,INV-7001,2031-08-05,40.00,GBP,1
      5,Split,,INV-7002,2031-08-05,9.00,GBP,1
      """;

  private static final String OTHER_CONTENT =
      """
      2,Split,,INV-7001,2031-08-05,100.00,GBP,1
      3,Split,,INV-7001,2031-08-05,-10.00,GBP,1
      """;

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void allLinesOfADocumentCount() {
    StagedBillingsTest.assertResult(importing("", INVOICES, 4, 0), 4, 0, 1);

    assertThat(sum()).isEqualTo("189.00");
    assertThat(SERVICE.count("billing WHERE reference = 'INV-7001' AND ordinal = 3 AND line = 4"))
        .isOne();
  }

  @Test
  void sameDocumentInALaterFileIsADuplicateAndTheRowThatItRepeatsIsKnown() {
    UUID first = UUID.fromString(importing("", INVOICES, 4, 0).text("task_id"));

    Answer again = importing("", INVOICES.replace("9.00", "9.0"), 4, 0);

    StagedBillingsTest.assertResult(again, 0, 4, 0);
    assertThat(
            SERVICE.count(
                """
                import_duplicate d JOIN billing b ON b.id = d.billing_id
                WHERE d.import_id = ?::uuid AND b.import_id = ? AND b.line = d.line
                """,
                again.text("task_id"),
                first))
        .isEqualTo(4);
  }

  @Test
  void lineWithOtherContentInALaterFileIsRefused() {
    importing("", INVOICES, 4, 0);

    UUID id = worker.stagedImport(OTHER_CONTENT);

    assertThat(worker.refusals(id, 1)).startsWith("3,reference,reference-differs,").hasLineCount(1);
    StagedBillingsTest.assertResult(finish(id, 2, 1), 0, 1, 0);
    assertThat(sum()).isEqualTo("189.00");
  }

  /** Two identical lines are stored, so the third one is other content. */
  @Test
  void identicalLinesOfALaterFileAreToldApartByTheirNumber() {
    importing("", INVOICES, 4, 0);

    UUID id = worker.stagedImport(INVOICES + "6,Split,,INV-7001,2031-08-05,40.00,GBP,1\n");

    assertThat(worker.refusals(id, 1)).startsWith("6,reference,reference-differs,").hasLineCount(1);
  }

  @Test
  void importThatAddsLinesAddsTheOtherContentAndOnlyOnce() {
    importing("", INVOICES, 4, 0);

    Answer added = importing("?on_reference=add", OTHER_CONTENT, 2, 0);
    Answer again = importing("?on_reference=add", OTHER_CONTENT, 2, 0);

    StagedBillingsTest.assertResult(added, 1, 1, 0);
    StagedBillingsTest.assertResult(again, 0, 2, 0);
    assertThat(sum()).isEqualTo("179.00");
    assertThat(SERVICE.count("billing WHERE reference = 'INV-7001' AND ordinal = 4")).isOne();
  }

  /** The undo leaves a document without its first lines. */
  @Test
  void documentWithoutItsFirstLinesIsKnownByTheOthers() {
    Answer first = importing("", INVOICES, 4, 0);
    importing("?on_reference=add", OTHER_CONTENT, 2, 0);
    SERVICE.execute("DELETE FROM billing WHERE import_id = ?::uuid", first.text("task_id"));

    UUID id = worker.stagedImport(OTHER_CONTENT);

    assertThat(worker.refusals(id, 1)).startsWith("2,reference,reference-differs,").hasLineCount(1);
    StagedBillingsTest.assertResult(finish(id, 2, 1), 0, 1, 0);
  }

  @Test
  void documentThatAppearsAfterStagingHasTheFileReadAgain() {
    SERVICE.execute("INSERT INTO vendor (account_name) VALUES ('Split')");
    UUID id = worker.stagedImport(INVOICES);
    assertThat(post("", "INV-7001", "1.00").status()).isEqualTo(201);

    Answer task = finish(id, 4, 0);

    assertThat(task.text("status")).isEqualTo("RETRY");
    assertThat(task.text("error", "type")).isEqualTo("urn:tallyman:problem:billings-changed");
    assertThat(SERVICE.count("billing")).isOne();
  }

  @Test
  void documentThatDisappearsAfterStagingHasTheFileReadAgain() {
    importing("", INVOICES, 4, 0);
    UUID id = worker.stagedImport(INVOICES);
    SERVICE.execute("DELETE FROM billing");

    assertThat(finish(id, 4, 0).text("error", "type"))
        .isEqualTo("urn:tallyman:problem:billings-changed");
  }

  @Test
  void duplicatesWithoutAReferenceAreKnownByTheRowThatTheyRepeat() {
    Answer first = importing("", StagedBillingsTest.THREE, 3, 0);

    Answer again =
        importing("", "9,Willow Park,,,2022-03-31,10.00,GBP,1\n" + StagedBillingsTest.THREE, 4, 0);

    StagedBillingsTest.assertResult(again, 1, 3, 0);
    assertThat(
            SERVICE.count(
                """
                import_duplicate d JOIN billing b ON b.id = d.billing_id
                WHERE d.import_id = ?::uuid AND b.import_id = ?::uuid
                  AND (d.line, b.line) IN ((2, 2), (3, 3), (4, 4))
                """,
                again.text("task_id"),
                first.text("task_id")))
        .isEqualTo(3);
    assertThat(SERVICE.count("billing WHERE line = 9")).isOne();
  }

  @Test
  void billingThatIsEnteredFollowsTheSameRules() {
    importing("", INVOICES, 4, 0);

    assertThat(post("", "INV-7001", "40.0").problem()).isEqualTo("duplicate-billing");
    assertThat(post("", "INV-7001", "-10").problem()).isEqualTo("reference-differs");
    assertThat(post("?on_reference=add", "INV-7001", "-10").status()).isEqualTo(201);
    assertThat(post("?on_reference=add", "INV-7001", "-10").problem())
        .isEqualTo("duplicate-billing");
    assertThat(post("?on_reference=later", "INV-7001", "-10").status()).isEqualTo(422);
    assertThat(sum()).isEqualTo("179.00");
  }

  private Answer importing(String query, String rows, int read, int refused) {
    UUID id = worker.stagedImport(query, rows);
    assertThat(worker.refusals(id, 1)).isEmpty();
    return finish(id, read, refused);
  }

  private Answer finish(UUID id, int rows, int refused) {
    String outcome =
        """
        {"outcome": "DONE", "sheet": null, "result": {"rows": %d, "refused": %d}}
        """
            .formatted(rows, refused);
    assertThat(worker.outcome(id, 1, outcome).status()).isEqualTo(200);
    return worker.task(id);
  }

  private static Answer post(String query, String reference, String payable) {
    return SERVICE.post(
        "/billings" + query,
        """
        {"vendor_id": 1, "date_billed": "2031-08-05", "payable": "%s", "currency": "GBP",
          "reference": "%s"}
        """
            .formatted(payable, reference));
  }

  private static String sum() {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle.select("SELECT sum(payable)::text FROM billing").mapTo(String.class).one());
  }
}
