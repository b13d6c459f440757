package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The payments of Manchester City Council, 2018 to 2022. */
@OnSharedStack
final class RealPaymentsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String QUERY =
      "?columns=account_name:Beneficiary%20Name,date_billed:Payment%20Date,payable:Amount"
          + "&currency=GBP";

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @Test
  void everyPaymentIsImportedOnceAndSummedExactly() throws IOException {
    Path file = RealData.require("manchester-payments.csv.gz");
    JsonNode first = gateway.awaitSuccess(gateway.importGzip(file, QUERY), PATIENCE);
    assertThat(first.get("rows").asLong()).isEqualTo(139_438);
    assertThat(first.get("imported").asLong()).isEqualTo(139_438);
    assertThat(first.get("refused").asLong()).isZero();
    assertThat(first.get("vendors_created").asLong()).isEqualTo(7_692);

    JsonNode second = gateway.awaitSuccess(gateway.importGzip(file, QUERY), PATIENCE);
    assertThat(second.get("imported").asLong()).isZero();
    assertThat(second.get("duplicates").asLong()).isEqualTo(139_438);

    assertSheet(Map.of("billing_date", "2022-03-31"), 742, "13705200.99");
    assertSheet(Map.of("from", "2018-01-01", "to", "2022-12-31"), 139_438, "3228599752.02");
    assertPayablesOf2021();
  }

  private void assertPayablesOf2021() {
    Map<String, ?> parameters = Map.of("year", 2021, "currency", "GBP");
    String task = gateway.submit("billing.total_payables", parameters);
    JsonNode result = gateway.awaitSuccess(task, PATIENCE);
    assertThat(result.get("file_name").asString()).isEqualTo("payables-2021.csv");
    assertThat(result.get("totals").size()).isEqualTo(1);
    assertThat(result.at("/totals/0/payable").asString()).isEqualTo("813600131.55");
    BigDecimal months =
        result
            .get("months")
            .valueStream()
            .map(month -> new BigDecimal(month.get("payable").asString()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(months).isEqualTo("813600131.55");
  }

  private void assertSheet(Map<String, String> parameters, long rows, String total) {
    JsonNode result = gateway.awaitSuccess(gateway.submit("billing.sheet", parameters), PATIENCE);
    assertThat(result.get("rows").asLong()).isEqualTo(rows);
    assertThat(result.at("/totals/0/payable").asString()).isEqualTo(total);
  }
}
