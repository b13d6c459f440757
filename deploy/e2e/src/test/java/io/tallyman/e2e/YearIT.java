package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The payables and the assignments of a year's billings. */
@OnOneStack
@OnSharedStack
final class YearIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String REST = ",0.00".repeat(9);

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @Test
  void payablesAreTheSameOnTheSheetAndAsked() {
    importRows(
        """
        date_billed,account_name,account_number,reference,payable,currency
        2091-01-05,Elm of 2091,ELM-2091,E-1,10.50,GBP
        2091-03-31,Elm of 2091,ELM-2091,E-2,-0.25,GBP
        2091-03-01,Elm of 2091,ELM-2091,E-3,700,JPY
        2091-01-31,Fir of 2091,FIR-2091,F-1,2.00,GBP
        2092-01-01,Fir of 2091,FIR-2091,F-2,9.99,GBP
        """);

    String task = gateway.submit("billing.total_payables", Map.of("year", 2091));
    JsonNode result = gateway.awaitSuccess(task, PATIENCE);

    assertThat(result.get("file_name").asString()).isEqualTo("payables-2091.csv");
    assertThat(gateway.sheet(result.get("sheet_id").asString()))
        .isEqualTo(
            """
            account_name,account_number,currency,january,february,march,april,may,june,july,august,\
            september,october,november,december,total\r
            Elm of 2091,ELM-2091,GBP,10.50,0.00,-0.25%s,10.25\r
            Elm of 2091,ELM-2091,JPY,0,0,700,0,0,0,0,0,0,0,0,0,700\r
            Fir of 2091,FIR-2091,GBP,2.00,0.00,0.00%s,2.00\r
            """
                .formatted(REST, REST));
    JsonNode now = gateway.get("/api/v1/payables?year=2091").body();
    assertThat(now.get("totals")).isEqualTo(result.get("totals"));
    assertThat(now.get("months")).isEqualTo(result.get("months"));
    assertThat(now.at("/months/2"))
        .hasToString("{\"currency\":\"GBP\",\"month\":\"2091-03\",\"payable\":\"-0.25\"}");
    JsonNode vendors = gateway.get("/api/v1/payables/vendors?year=2091&currency=GBP").body();
    assertThat(vendors.at("/data").valueStream().map(vendor -> vendor.get("payable").asString()))
        .containsExactlyInAnyOrder("10.25", "2.00");
  }

  @Test
  void assignmentsTellWhoAnswersForWhichBilling() {
    Map<String, ?> user =
        Map.of(
            "name", "Ida Year",
            "email", "ida.year@example.org",
            "username", "ida.year",
            "password", "correct horse battery staple",
            "roles", List.of("viewer"));
    long ida = gateway.post("/api/v1/users", user).body().get("id").asLong();
    Map<String, ?> managed =
        Map.of("account_name", "Oak of 2093", "account_number", "OAK-2093", "manager_id", ida);
    assertThat(gateway.post("/api/v1/vendors", managed).status()).isEqualTo(201);
    importRows(
        """
        date_billed,account_name,account_number,reference,payable,currency
        2093-05-02,Ash of 2093,ASH-2093,A-1,1.00,GBP
        2093-05-02,Oak of 2093,OAK-2093,O-2,3.00,GBP
        2093-05-01,Oak of 2093,OAK-2093,O-1,2.00,GBP
        2093-05-03,Oak of 2093,OAK-2093,O-3,4.00,GBP
        """);

    Map<String, ?> days = Map.of("from", "2093-05-01", "to", "2093-05-02");
    JsonNode result = gateway.awaitSuccess(gateway.submit("billing.assignments", days), PATIENCE);

    assertThat(result.get("file_name").asString())
        .isEqualTo("assignments-2093-05-01_2093-05-02.csv");
    assertThat(result.at("/totals/0/payable").asString()).isEqualTo("6.00");
    assertThat(gateway.sheet(result.get("sheet_id").asString()))
        .isEqualTo(
            """
            username,user_name,date_billed,account_name,account_number,reference,payable,currency,\
            total_issues\r
            ida.year,Ida Year,2093-05-01,Oak of 2093,OAK-2093,O-1,2.00,GBP,1\r
            ida.year,Ida Year,2093-05-02,Oak of 2093,OAK-2093,O-2,3.00,GBP,1\r
            ,(no manager),2093-05-02,Ash of 2093,ASH-2093,A-1,1.00,GBP,1\r
            """);
  }

  private void importRows(String rows) {
    JsonNode imported = gateway.awaitSuccess(gateway.importCsv(rows, ""), PATIENCE);
    assertThat(imported.get("refused").asLong()).isZero();
  }
}
