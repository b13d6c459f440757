package io.tallyman.billing.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManagedPayablesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeAll
  static void bill() {
    SERVICE.execute(
        """
        INSERT INTO vendor (account_name, manager_id)
        VALUES ('Oak', 3), ('Ash', 3), ('Yew', 4), ('Elm', NULL), ('Fir', 5);
        INSERT INTO billing
          (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
        VALUES (1, '2022-03-31', 1000.00, 'GBP', 1, 'a', 1),
               (1, '2022-04-30', 0.10, 'GBP', 1, 'b', 1),
               (2, '2022-03-31', 234.40, 'GBP', 1, 'a', 1),
               (2, '2022-03-31', -12.00, 'EUR', 1, 'b', 1),
               (3, '2022-03-31', 7, 'JPY', 1, 'a', 1),
               (4, '2022-03-31', 99.00, 'GBP', 1, 'a', 1);
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | {'currency':'EUR','payable':'-12.00'},{'currency':'GBP','payable':'1234.50'}",
        "4 | {'currency':'JPY','payable':'7'}",
        "5 | ''",
        "4711 | ''"
      },
      quoteCharacter = '"')
  void billingsOfAllVendorsOfTheManagerAreSummedByCurrency(String manager, String totals) {
    assertThat(SERVICE.get("/managers/" + manager + "/payables").body())
        .isEqualTo("{\"payables\":[%s]}".formatted(totals.replace("''", "").replace('\'', '"')));
  }

  @Test
  void whatIsNoIdIsNotFound() {
    assertThat(SERVICE.get("/managers/Ada/payables").status()).isEqualTo(404);
  }
}
