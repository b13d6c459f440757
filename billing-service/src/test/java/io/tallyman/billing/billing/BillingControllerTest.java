package io.tallyman.billing.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entry of single billings. Vendor 1 has a currency, vendor 2 has none. */
final class BillingControllerTest {
  private static final String NEEDED =
      "'vendor_id': 1, 'date_billed': '2022-03-31', 'payable': '-7.5'";

  private static final String WAITING =
      "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void addVendors() {
    SERVICE.forget();
    SERVICE.execute("INSERT INTO vendor (account_name, currency) VALUES ('Oak', 'GBP')");
    SERVICE.execute("INSERT INTO vendor (account_name) VALUES ('Ash')");
  }

  @Test
  void addedBillingIsFoundByTheLocationOfTheAnswer() {
    Answer added = add(NEEDED + ", 'currency': 'KWD', 'total_issues': 0, 'reference': ' R 1'");

    assertThat(added.status()).isEqualTo(201);
    assertThat(SERVICE.get(added.header("Location")).body()).isEqualTo(added.body());
    assertThat(added.text("payable")).isEqualTo("-7.500");
    assertThat(added.text("currency")).isEqualTo("KWD");
    assertThat(added.text("total_issues")).isEqualTo("0");
    assertThat(added.text("reference")).isEqualTo(" R 1");
  }

  @Test
  void whatIsLeftOutIsTheVendorsCurrencyAndOneIssue() {
    Answer added = add(NEEDED + ", 'reference': ' '");

    assertThat(added.text("payable")).isEqualTo("-7.50");
    assertThat(added.text("currency")).isEqualTo("GBP");
    assertThat(added.text("total_issues")).isEqualTo("1");
    assertThat(added.text("reference")).isEqualTo("null");
    assertThat(added.text("import_id")).isEqualTo("null");
    assertThat(SERVICE.count("billing WHERE ordinal = 1")).isOne();
  }

  /** The calendar of old Java dates lacks days of the year 1582, and differs before them. */
  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "1500-03-01", "1582-10-10", "9999-12-31"})
  void everyDateIsKeptAsItIsGiven(String date) {
    Answer added = add(NEEDED.replace("2022-03-31", date));

    assertThat(added.text("date_billed")).isEqualTo(date);
    assertThat(SERVICE.get(added.header("Location")).body()).isEqualTo(added.body());
    assertThat(SERVICE.count("billing WHERE date_billed = CAST(? AS date)", date)).isOne();
  }

  @Test
  void sameContentAgainIsADuplicateHoweverTheAmountIsWritten() {
    add(NEEDED);

    Answer refused = add(NEEDED.replace("-7.5", "-07.50") + ", 'currency': 'GBP'");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("duplicate-billing");
    assertThat(add(NEEDED + ", 'reference': 'R-1'").status()).isEqualTo(201);
    assertThat(SERVICE.count("billing")).isEqualTo(2);
  }

  @Test
  void referenceWithOtherContentIsRefusedPerVendor() {
    add(NEEDED + ", 'reference': 'R-1'");

    Answer refused = add(NEEDED.replace("-7.5", "8") + ", 'reference': 'R-1'");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("reference-differs");
    assertThat(refused.body()).contains("\"pointer\":\"/reference\"");
    String others = NEEDED.replace("'vendor_id': 1", "'vendor_id': 2, 'currency': 'GBP'");
    assertThat(add(others + ", 'reference': 'R-1'").status()).isEqualTo(201);
  }

  /** An undo deletes a vendor that the import added and nothing else uses. */
  @Test
  void vendorThatIsBeingDeletedIsUnknownOnceItIsGone() {
    CompletableFuture<Answer> added =
        SERVICE
            .jdbi()
            .inTransaction(
                undo -> {
                  undo.execute("DELETE FROM vendor WHERE id = 1");
                  CompletableFuture<Answer> waits =
                      CompletableFuture.supplyAsync(() -> add(NEEDED));
                  await().until(() -> SERVICE.count(WAITING) == 1);
                  return waits;
                });

    Answer refused = added.join();

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/vendor_id\"");
    assertThat(SERVICE.count("billing")).isZero();
  }

  /**
   * The insert waits for another billing with the same content, while the vendor's currency
   * changes.
   */
  @Test
  void billingKeepsTheCurrencyThatItsAmountWasCheckedBy() {
    CompletableFuture<Answer> added =
        SERVICE
            .jdbi()
            .inTransaction(
                other -> {
                  other.execute(
                      """
                      INSERT INTO billing
                        (vendor_id, date_billed, payable, currency, total_issues, ordinal)
                      VALUES (1, '2022-03-31', -7.50, 'GBP', 1, 1)
                      """);
                  CompletableFuture<Answer> waits =
                      CompletableFuture.supplyAsync(() -> add(NEEDED));
                  await().until(() -> SERVICE.count(WAITING) == 1);
                  assertThat(SERVICE.patch("/vendors/1", "{\"currency\": \"JPY\"}").status())
                      .isEqualTo(200);
                  other.rollback();
                  return waits;
                });

    assertThat(added.join().text("payable")).isEqualTo("-7.50");
    assertThat(added.join().text("currency")).isEqualTo("GBP");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'vendor_id': 1|'vendor_id': 4711|/vendor_id",
        "'vendor_id': 1|'vendor_id': null|/vendor_id",
        "'vendor_id': 1|'vendor_id': 2|/currency",
        "'-7.5'|'7.505'|/payable",
        "'-7.5'|'7.500'|/payable",
        "'-7.5'|'1e3'|/payable",
        "'-7.5'|'1,000'|/payable",
        "'-7.5'|''|/payable",
        "'-7.5'|'1234567890123456'|/payable",
        "'-7.5'|'7.5', 'currency': 'JPY'|/payable",
        "'-7.5'|'7.5', 'currency': 'gbp'|/currency",
        "'-7.5'|'7.5', 'total_issues': -1|/total_issues",
        "'-7.5'|'7.5', 'reference': 'a\\u0000b'|/reference",
        "2022-03-31|2022-02-30|/date_billed",
        "2022-03-31|20210|/date_billed",
        "2022-03-31|+10000-01-01|/date_billed",
        "2022-03-31|0000-01-01|/date_billed"
      })
  void fieldThatDoesNotFitIsRefusedByItsName(String fits, String doesNot, String pointer) {
    Answer refused = add(NEEDED.replace(fits, doesNot));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
    assertThat(SERVICE.count("billing")).isZero();
  }

  @Test
  void referenceHasTwoHundredCharactersAtMost() {
    assertThat(add(NEEDED + ", 'reference': '" + "😀".repeat(200) + "'").status()).isEqualTo(201);
    assertThat(add(NEEDED + ", 'reference': '" + "a".repeat(201) + "'").status()).isEqualTo(422);
  }

  @Test
  void everyMissingFieldThatIsNeededIsNamed() {
    assertThat(add("").body()).contains("/date_billed", "/payable", "/vendor_id");
  }

  @Test
  void unknownBillingIsNotFound() {
    Answer refused = SERVICE.get("/billings/4711");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.problem()).isEqualTo("unknown-billing");
  }

  private static Answer add(String fields) {
    return SERVICE.post("/billings", ("{" + fields + "}").replace('\'', '"'));
  }
}
