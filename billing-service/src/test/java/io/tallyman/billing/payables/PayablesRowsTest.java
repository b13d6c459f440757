package io.tallyman.billing.payables;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PayablesRowsTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeAll
  static void addBillings() {
    SERVICE.execute(
        """
        INSERT INTO vendor (account_name, account_number)
        VALUES ('apple', 'A-1'), ('Zebra, Ltd', NULL), ('apple', ''), ('Idle', 'I-1')
        """);
    SERVICE.execute(
        """
        INSERT INTO billing (vendor_id, date_billed, payable, currency, total_issues, ordinal)
        VALUES
          (3, '2021-01-01', 1.00, 'GBP', 1, 1), (1, '2021-12-31', 2.50, 'GBP', 1, 1),
          (1, '2021-12-01', -0.25, 'GBP', 1, 1), (1, '2021-03-31', 1.250, 'KWD', 1, 1),
          (2, '2021-06-15', 900, 'JPY', 1, 1), (2, '2021-06-30', -900, 'JPY', 1, 1),
          (4, '2020-12-31', 7.00, 'GBP', 1, 1), (4, '2022-01-01', 7.00, 'GBP', 1, 1)
        """);
  }

  @Test
  void vendorsAreOrderedByNameIdAndCurrencyAndMonthsHaveTheCurrencysDecimals() {
    Answer rows = SERVICE.get("/internal/payables/rows?year=2021");

    assertThat(rows.status()).isEqualTo(200);
    assertThat(rows.header("Content-Type")).startsWith("text/csv");
    assertThat(rows.header("X-Row-Count")).isEqualTo("4");
    assertThat(rows.header("X-Snapshot-At")).isNotEmpty();
    assertThat(rows.body())
        .isEqualTo(
            """
            "Zebra, Ltd",,JPY,0,0,0,0,0,0,0,0,0,0,0,0,0
            apple,A-1,GBP,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,2.25,2.25
            apple,A-1,KWD,0.000,0.000,1.250,0.000,0.000,0.000,0.000,0.000,0.000,0.000,0.000,0.000,1.250
            apple,"",GBP,1.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,1.00
            """);
  }

  @ParameterizedTest
  @CsvSource({"year=2021&currency=GBP,2", "year=2022,1", "year=1,0", "year=9999,0"})
  void yearAndCurrencyChooseRows(String query, int count) {
    Answer rows = SERVICE.get("/internal/payables/rows?" + query);

    assertThat(rows.header("X-Row-Count")).isEqualTo("" + count);
    assertThat(rows.body().lines()).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "year=0", "year=10000", "year=now", "year=2021&currency=X'X"})
  void yearThatIsNoneIsRefused(String query) {
    Answer refused = SERVICE.get("/internal/payables/rows?" + query.replace("'", "%27"));

    assertThat(refused.status()).isBetween(400, 422);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
  }
}
