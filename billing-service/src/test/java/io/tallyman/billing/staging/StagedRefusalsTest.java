package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After staging, rows that conflict with existing vendors are refused; the others are imported. */
final class StagedRefusalsTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final TestWorker worker = new TestWorker(SERVICE);
  private UUID id;

  @BeforeEach
  void submit() {
    SERVICE.forget();
    id = worker.submitImport();
    worker.claim(id);
  }

  @Test
  void nameOfSeveralVendorsIsRefusedAndTheOtherRowsAreImported() {
    vendor("Oak", "O-1", null);
    vendor("Oak", "O-2", null);

    assertRefused(
        """
        2,Oak,,,2022-03-31,10.00,GBP,1
        3,Elm,,,2022-03-31,10.00,GBP,1
        4,Oak,O-2,,2022-03-31,10.00,GBP,1
        """,
        "2,account_name,ambiguous-vendor,\"several vendors have the name \"\"Oak\"\"; give"
            + " account_number\"\n");

    Answer task = done(3, 1);
    assertThat(task.text("result", "imported")).isEqualTo("2");
    assertThat(task.text("result", "vendors_created")).isEqualTo("1");
    assertThat(SERVICE.count("billing WHERE line IN (3, 4)")).isEqualTo(2);
  }

  @Test
  void nameThatTheFileItselfMakesAmbiguousIsRefusedTheFirstTime() {
    assertRefused(
        """
        2,Oak,O-1,,2022-03-31,10.00,GBP,1
        3,Oak,O-2,,2022-03-31,10.00,GBP,1
        4,Oak,,,2022-03-31,10.00,GBP,1
        """,
        "4,account_name,ambiguous-vendor,\"several vendors have the name \"\"Oak\"\"; give"
            + " account_number\"\n");

    assertThat(done(3, 1).text("result", "vendors_created")).isEqualTo("2");
  }

  @Test
  void newAccountNumberNeedsANameInAnyRow() {
    assertRefused(
        """
        2,,WP-8,,2022-03-31,10.00,GBP,1
        3,Park,WP-8,,2022-03-31,11.00,GBP,1
        4,,WP-9,,2022-03-31,10.00,GBP,1
        """,
        "4,account_name,missing-vendor,\"no vendor has the account number \"\"WP-9\"\"; a new"
            + " vendor needs account_name\"\n");

    assertThat(done(3, 1).text("result", "imported")).isEqualTo("2");
  }

  @Test
  void rowWithoutACurrencyHasThatOfItsVendor() {
    vendor("Oak", "O-1", "EUR");
    vendor("Elm", null, "JPY");

    assertRefused(
        """
        2,,O-1,,2022-03-31,10.5,,1
        3,Elm,,,2022-03-31,1000,,1
        4,Oak,,,2022-03-31,7,GBP,1
        """,
        "");

    assertThat(done(3, 0).text("result", "imported")).isEqualTo("3");
    assertThat(SERVICE.count("billing WHERE currency = 'EUR' AND payable::text = '10.50'")).isOne();
    assertThat(SERVICE.count("billing WHERE currency = 'JPY' AND payable::text = '1000'")).isOne();
    assertThat(SERVICE.count("billing WHERE currency = 'GBP'")).isOne();
  }

  @Test
  void amountHasNoMoreDecimalsThanTheCurrencyOfItsVendor() {
    vendor("Elm", null, "JPY");

    assertRefused(
        "2,Elm,,,2022-03-31,10.50,,1\n",
        "2,payable,bad-amount,\"\"\"10.50\"\" has more decimals than JPY, the currency of the"
            + " vendor, allows (0)\"\n");
  }

  @Test
  void rowWithoutACurrencyOfANewVendorIsRefusedAndMakesNoVendor() {
    vendor("Elm", null, null);
    String refusal =
        ",currency,missing-currency,\"the row, the import and the vendor give no currency\"\n";

    assertRefused(
        """
        2,Oak,O-1,,2022-03-31,10.00,,1
        3,Ash,,,2022-03-31,10.00,,1
        4,Elm,,,2022-03-31,10.00,,1
        """,
        "2" + refusal + "3" + refusal + "4" + refusal);

    assertThat(done(3, 3).text("result", "vendors_created")).isEqualTo("0");
    assertThat(SERVICE.count("vendor")).isOne();
  }

  @Test
  void rowsThatAreStagedAgainAreJudgedAgain() {
    worker.stage(id, 1, "2,,WP-9,,2022-03-31,10.00,GBP,1\n");

    assertRefused("2,Park,WP-9,,2022-03-31,10.00,GBP,1\n", "");
  }

  @Test
  void refusalsOfADeadAttemptAreSwept() {
    worker.stage(id, 1, "2,,WP-9,,2022-03-31,10.00,GBP,1\n");
    worker.cancel(id);

    SERVICE.bean(StagedSweeper.class).sweep();

    assertThat(SERVICE.count("staged_refusal")).isZero();
    assertThat(SERVICE.count("staged_billing")).isZero();
  }

  private void assertRefused(String rows, String refusals) {
    Answer staged = worker.stage(id, 1, rows);
    assertThat(staged.text("refused")).isEqualTo("" + refusals.lines().count());
    assertThat(worker.refusals(id, 1)).isEqualTo(refusals);
  }

  private Answer done(int rows, int refused) {
    String result = "\"result\": {\"rows\": %d, \"refused\": %d}".formatted(rows, refused);
    assertThat(
            worker
                .outcome(id, 1, "{\"outcome\": \"DONE\", \"sheet\": null, " + result + "}")
                .status())
        .isEqualTo(200);
    return worker.task(id);
  }

  private static void vendor(String name, @Nullable String number, @Nullable String currency) {
    SERVICE.execute(
        "INSERT INTO vendor (account_name, account_number, currency) VALUES (?, ?, ?)",
        name,
        number,
        currency);
  }
}
