package io.tallyman.billing.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.billing.sheet.Total;
import io.tallyman.kit.page.Page;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The JSON of billings, in both directions, equals the samples in src/wire. */
final class WireTest {
  private static final LocalDate DATE = LocalDate.of(2022, 3, 31);
  private static final Billing BILLING =
      new Billing(
          11,
          7,
          DATE,
          new BigDecimal("-1250.00"),
          "GBP",
          3,
          "WPH-2022-117",
          UUID.fromString("0197a3c2-6f00-7000-8000-000000000001"),
          42L);

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final JsonMapper json = SERVICE.bean(JsonMapper.class);

  @Test
  void writesTheBilling() throws IOException {
    assertWrites("billing", BILLING);
  }

  @Test
  void writesAPageOfBillings() throws IOException {
    assertWrites("billings", new Page<>(List.of(BILLING), "b3BhcXVl"));
  }

  @Test
  void writesTheManagedPayables() throws IOException {
    assertWrites(
        "managed-payables",
        new ManagedPayables(
            List.of(
                new Total("EUR", new BigDecimal("-12.00")),
                new Total("GBP", new BigDecimal("1234.50")))));
  }

  @Test
  void readsTheNewBilling() throws IOException {
    assertThat(json.readValue(sample("new-billing"), NewBilling.class))
        .isEqualTo(new NewBilling(7L, DATE, "-1250.00", "GBP", 3, "WPH-2022-117"));
  }

  @Test
  void readsTheParametersOfASheet() throws IOException {
    assertThat(json.readValue(sample("sheet-parameters"), BillingSheet.Parameters.class))
        .isEqualTo(
            new BillingSheet.Parameters(
                null,
                LocalDate.of(2018, 1, 1),
                LocalDate.of(2022, 12, 31),
                7L,
                "GBP",
                new SheetFormat("excel", ";", ",")));
  }

  private void assertWrites(String sample, Object written) throws IOException {
    assertThat(json.readValue(json.writeValueAsBytes(written), JsonNode.class))
        .isEqualTo(json.readValue(sample(sample), JsonNode.class));
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/wire", name + ".json"));
  }
}
