package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rows whose currency or refusal depends on the existing vendors. */
@OnOneStack
@OnSharedStack
final class VendorRefusalsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final Traces traces = Traces.in(RunningStack.SHARED.get());

  @Test
  void rowWithoutACurrencyHasItsVendors() {
    vendor("Yen by number", "e2e-yen-1", "JPY");
    vendor("Yen by name", "e2e-yen-2", "JPY");
    vendor("Dinar", "e2e-dinar", "KWD");
    String csv =
        """
        date_billed,account_name,account_number,payable
        2065-01-01,,e2e-yen-1,1200
        2065-01-01,Yen by name,,-5
        2065-01-01,Dinar,e2e-dinar,1.5
        2065-01-01,Yen by name,,12.5
        2065-01-01,Nobody knows,,1.00
        2065-01-01,,e2e-yen-1,7.25
        """;

    JsonNode result = gateway.awaitSuccess(gateway.importCsv(csv, ""), PATIENCE);

    assertThat(result.get("imported").asLong()).isEqualTo(3);
    assertThat(result.get("refused").asLong()).isEqualTo(3);
    assertThat(result.get("vendors_created").asLong()).isZero();
    assertThat(gateway.refusedRows(result).stream().map(RefusedRow::fault))
        .containsExactly(
            "5 payable bad-amount", "6 currency missing-currency", "7 payable bad-amount");
    assertThat(gateway.billingsOf("2065-01-01").stream().map(VendorRefusalsIT::money))
        .containsExactlyInAnyOrder(
            "Yen by number 1200 JPY", "Yen by name -5 JPY", "Dinar 1.500 KWD");
  }

  @Test
  void importsOwnCurrencyGoesBeforeTheVendors() {
    vendor("Yen overruled", "e2e-yen-3", "JPY");
    String csv = "date_billed,account_number,payable\r\n2065-01-02,e2e-yen-3,1.25\r\n";

    gateway.awaitSuccess(gateway.importCsv(csv, "?currency=GBP"), PATIENCE);

    assertThat(gateway.billingsOf("2065-01-02").stream().map(VendorRefusalsIT::money))
        .containsExactly("Yen overruled 1.25 GBP");
  }

  @Test
  void refusalsOfBothKindsStandInTheOrderOfTheFile() throws Exception {
    vendor("Twin", "e2e-twin-1", "GBP");
    vendor("Twin", "e2e-twin-2", "GBP");
    String csv =
        """
        Date,Supplier,Number,Note,Sum,Currency
        2065-02-01,Plain,,kept,1.00,GBP
        2065-02-30,Plain,,no such day,1.00,GBP
        2065-02-01,Twin,,which one?,1.00,GBP
        2065-02-01,Plain,,no amount,x,GBP
        2065-02-01,,e2e-unheard-of,"has no
        name",1.00,GBP
        2065-02-01,Newcomer,,has no currency,1.00,
        2065-02-01,Twin,e2e-twin-2,this one,2.00,GBP
        """;
    String columns =
        "date_billed:Date,account_name:Supplier,account_number:Number,payable:Sum,currency:Currency";

    String id = gateway.importCsv(csv, Gateway.query("columns", columns));
    JsonNode result = gateway.awaitSuccess(id, PATIENCE);

    assertThat(result.get("rows").asLong()).isEqualTo(7);
    assertThat(result.get("imported").asLong()).isEqualTo(2);
    assertThat(result.get("refused").asLong()).isEqualTo(5);
    assertThat(result.get("vendors_created").asLong()).isEqualTo(1);
    List<RefusedRow> refused = gateway.refusedRows(result);
    assertThat(refused.stream().map(RefusedRow::fault))
        .containsExactly(
            "3 Date bad-date",
            "4 Supplier ambiguous-vendor",
            "5 Sum bad-amount",
            "6 Supplier missing-vendor",
            "8 Currency missing-currency");
    assertThat(refused).allSatisfy(row -> assertThat(row.message()).isNotBlank());
    assertThat(refused.get(1).cells())
        .containsExactly("2065-02-01", "Twin", "", "which one?", "1.00", "GBP");
    assertThat(refused.get(3).cells())
        .containsExactly("2065-02-01", "", "e2e-unheard-of", "has no\nname", "1.00", "GBP");
    assertThat(gateway.billingsOf("2065-02-01").stream().map(VendorRefusalsIT::money))
        .containsExactlyInAnyOrder("Plain 1.00 GBP", "Twin 2.00 GBP");
    assertThat(new BillingDatabase(RunningStack.SHARED.get()).vendorsNamed("Newcomer")).isZero();
  }

  @Test
  void rowThatOnlyItsVendorRefusesAbortsToo() throws Exception {
    String csv =
        """
        date_billed,account_name,payable,currency
        2065-03-01,Aborted by another,1.00,GBP
        2065-03-01,Newcomer to abort,1.00,
        """;

    String id = gateway.importCsv(csv, "?on_error=abort");

    JsonNode task = gateway.awaitFailure(id, PATIENCE);
    assertThat(task.at("/error/type").asString()).isEqualTo("urn:tallyman:problem:rows-refused");
    assertThat(gateway.refusedRows(task.get("result")).stream().map(RefusedRow::fault))
        .containsExactly("3 currency missing-currency");
    traces.assertNothingApplied(id);
  }

  private void vendor(String name, String number, String currency) {
    Gateway.Answer answer =
        gateway.post(
            "/api/v1/vendors",
            Map.of("account_name", name, "account_number", number, "currency", currency));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
  }

  private static String money(NamedCsvRecord row) {
    return String.join(
        " ", row.getField("account_name"), row.getField("payable"), row.getField("currency"));
  }
}
