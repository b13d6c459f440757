package io.tallyman.billing.staging;

import static io.tallyman.billing.staging.StagedBillingsTest.codes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The counts and the amounts of a result prove where each row of a file is. */
final class ImportTotalsTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String ROWS =
      """
      2,Oak,,,2031-08-05,10.00,GBP,1
      3,Oak,,,2031-08-05,2.50,,1
      4,Oak,,,2031-08-05,700,JPY,1
      """;

  private static final String COUNTS =
      """
      {"rows": 9, "refused": 2, "empty": 3, "footers": [{
        "line": 10, "text": "Total | 16.50", "payable": "16.50"}],
      "sums": [
        {"currency": null, "good": "2.50", "refused": "0"},
        {"currency": "GBP", "good": "10.00", "refused": "4.00"},
        {"currency": "JPY", "good": "700", "refused": "0"}],
      "unread": 1}
      """;

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
    SERVICE.execute("INSERT INTO vendor (account_name, currency) VALUES ('Oak', 'GBP')");
  }

  @Test
  void everyRowIsInOneOfTheCountsAndEveryAmountInOneOfTheTotals() {
    Answer task = importing("", ROWS, COUNTS);

    assertThat(task.text("result", "rows")).isEqualTo("9");
    assertThat(task.text("result", "imported")).isEqualTo("3");
    assertThat(task.text("result", "refused")).isEqualTo("2");
    assertThat(task.text("result", "duplicates")).isEqualTo("0");
    assertThat(task.text("result", "empty")).isEqualTo("3");
    assertThat(task.text("result", "footers")).isEqualTo("1");
    assertThat(task.text("result", "unread_amounts")).isEqualTo("1");
    assertThat(task.body())
        .contains(
            """
            "totals":[\
            {"file":"16.50","refused":"4.00","currency":"GBP","imported":"12.50","duplicates":"0"},\
            {"file":"700","refused":"0","currency":"JPY","imported":"700","duplicates":"0"}]\
            """);
    assertThat(codes(task))
        .containsExactly("rows-refused", "refused-rows-not-all-listed", "footers-not-imported");
  }

  @Test
  void duplicatesHaveTheirOwnSum() {
    importing("", ROWS, COUNTS);

    Answer again = importing("", ROWS, COUNTS);

    assertThat(again.text("result", "duplicates")).isEqualTo("3");
    assertThat(again.body())
        .contains(
            """
            {"file":"16.50","refused":"4.00","currency":"GBP","imported":"0","duplicates":"12.50"}\
            """);
    assertThat(codes(again)).contains("duplicate-rows");
  }

  @Test
  void totalOfTheFileIsComparedIfItHasOneCurrency() {
    String rows = "2,Oak,,,2031-08-05,10.00,GBP,1\n";
    String counts =
        """
        {"rows": 3, "refused": 0, "empty": 0, "footers": [
          {"line": 3, "text": "Total | 10.0", "payable": "10.0"},
          {"line": 4, "text": "Sum | 9.00", "payable": "9.00"}],
        "sums": [{"currency": "GBP", "good": "10.00", "refused": "0"}], "unread": 0}
        """;

    Answer task = importing("", rows, counts);

    assertThat(task.body())
        .contains(
            """
            "footer_rows":[\
            {"line":3,"text":"Total | 10.0","payable":"10.0","difference":"0.00"},\
            {"line":4,"text":"Sum | 9.00","payable":"9.00","difference":"-1.00"}]\
            """);
    assertThat(codes(task)).containsExactly("footers-not-imported", "total-differs");
  }

  @Test
  void amountsOtherThanThoseThatTheWorkerReadAreNotStored() {
    String counts =
        """
        {"rows": 1, "refused": 0, "empty": 0, "footers": [],
        "sums": [{"currency": "GBP", "good": "10.01", "refused": "0"}], "unread": 0}
        """;

    Answer task = importing("", "2,Oak,,,2031-08-05,10.00,GBP,1\n", counts);

    assertThat(task.text("status")).isEqualTo("RETRY");
    assertThat(task.text("error", "type")).isEqualTo("urn:tallyman:problem:totals-differ");
    assertThat(SERVICE.count("billing")).isZero();
  }

  @Test
  void abortedImportSaysWhatIsInTheFileAndThatNothingIsIn() {
    Answer task = importing("?on_error=abort", ROWS, COUNTS);

    assertThat(task.text("status")).isEqualTo("FAILURE");
    assertThat(task.body())
        .contains(
            """
            {"file":"700","refused":"0","currency":"JPY","imported":"0","duplicates":"0"}\
            """);
    assertThat(codes(task)).startsWith("nothing-imported");
  }

  private Answer importing(String query, String rows, String counts) {
    UUID id = worker.stagedImport(query, rows);
    String outcome = "{\"outcome\": \"DONE\", \"sheet\": null, \"result\": %s}".formatted(counts);
    assertThat(worker.outcome(id, 1, outcome).status()).isEqualTo(200);
    return worker.task(id);
  }
}
