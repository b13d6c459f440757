package io.tallyman.billing.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ImportDuplicatesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String ROWS =
      """
      7,Oak,O-1,R-1,2031-08-05,10.00,GBP,1
      8,Oak,O-1,,2031-08-06,5.00,GBP,2
      """;

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void eachDuplicateIsListedWithTheRowThatItRepeats() {
    UUID first = imported(ROWS, 2);
    SERVICE.post(
        "/billings",
        """
        {"vendor_id": 1, "date_billed": "2031-08-07", "payable": "1.00", "currency": "GBP"}
        """);
    UUID again =
        imported("2,,O-1,,2031-08-07,1.00,GBP,1\n3,,O-1,,2031-08-08,1.00,GBP,1\n" + ROWS, 4);

    Answer rows = SERVICE.get("/internal/imports/" + again + "/duplicates");

    assertThat(rows.header("X-Row-Count")).isEqualTo("3");
    assertThat(rows.body())
        .isEqualTo(
            """
            2,,,3,2031-08-07,Oak,O-1,,1.00,GBP,1
            7,%1$s,7,1,2031-08-05,Oak,O-1,R-1,10.00,GBP,1
            8,%1$s,8,2,2031-08-06,Oak,O-1,,5.00,GBP,2
            """
                .formatted(first));
  }

  @Test
  void duplicateOfABillingThatIsGoneIsListedWithoutIt() {
    imported(ROWS, 2);
    UUID again = imported(ROWS, 2);
    SERVICE.execute("DELETE FROM billing WHERE reference = 'R-1'");

    assertThat(SERVICE.get("/internal/imports/" + again + "/duplicates").body())
        .startsWith("7,,,1,,,,,,,\n8,");
  }

  @Test
  void sheetIsATaskOfItsOwn() {
    UUID id = imported(ROWS, 2);

    Answer accepted =
        SERVICE.post("/imports/" + id + "/duplicates?sheet_profile=excel&sheet_delimiter=tab", "");
    Answer bad =
        SERVICE.post("/imports/" + id + "/duplicates?sheet_delimiter=,&sheet_decimal=,", "");

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("parameters", "format", "profile")).isEqualTo("excel");
    assertThat(accepted.text("parameters", "format", "delimiter")).isEqualTo("\t");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.body()).contains("?sheet_delimiter");
    assertThat(accepted.text("task")).isEqualTo("billing.duplicates");
    assertThat(accepted.text("parameters", "import_id")).isEqualTo(id.toString());
  }

  @Test
  void onlyAnImportThatStoredBillingsHasDuplicates() {
    UUID validated = worker.stagedImport("?mode=validate", ROWS);
    worker.imported(validated, 1, 2);

    assertThat(SERVICE.post("/imports/" + validated + "/duplicates", "").problem())
        .isEqualTo("no-duplicates");
    assertThat(SERVICE.post("/imports/" + worker.submit() + "/duplicates", "").problem())
        .isEqualTo("no-duplicates");
    assertThat(SERVICE.post("/imports/" + UUID.randomUUID() + "/duplicates", "").status())
        .isEqualTo(404);
  }

  @Test
  void duplicatesAreKeptAsLongAsTheirTask() {
    imported(ROWS, 2);
    UUID expired = imported(ROWS, 2);
    UUID kept = imported(ROWS, 2);
    SERVICE.execute("DELETE FROM task WHERE id = ?", expired);

    SERVICE.bean(DuplicateSweeper.class).sweep();

    assertThat(SERVICE.count("import_duplicate WHERE import_id = ?", expired)).isZero();
    assertThat(SERVICE.count("import_duplicate WHERE import_id = ?", kept)).isEqualTo(2);
  }

  private UUID imported(String rows, int count) {
    UUID id = worker.stagedImport(rows);
    assertThat(worker.imported(id, 1, count).status()).isEqualTo(200);
    return id;
  }
}
