package io.tallyman.billing.payables;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.payables.VendorPayables.MonthPayable;
import io.tallyman.billing.payables.VendorPayables.VendorYear;
import io.tallyman.billing.sheet.MonthTotal;
import io.tallyman.billing.sheet.Total;
import io.tallyman.kit.page.Page;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The JSON of payables equals the samples in src/wire. */
final class WireTest {
  private static final BigDecimal TOTAL = new BigDecimal("1250.00");
  private static final BigDecimal JANUARY = new BigDecimal("1300.00");
  private static final BigDecimal FEBRUARY = new BigDecimal("-50.00");

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final JsonMapper json = SERVICE.bean(JsonMapper.class);

  @Test
  void writesThePayablesOfAYear() throws IOException {
    List<MonthTotal> months =
        List.of(
            new MonthTotal("GBP", "2021-01", JANUARY), new MonthTotal("GBP", "2021-02", FEBRUARY));
    assertWrites("payables", new Payables.Year(2021, List.of(new Total("GBP", TOTAL)), months));
  }

  @Test
  void writesAPageOfThePayablesOfVendors() throws IOException {
    List<MonthPayable> months =
        List.of(new MonthPayable("2021-01", JANUARY), new MonthPayable("2021-02", FEBRUARY));
    VendorYear vendor = new VendorYear(7, "Willow Park House", "WPH-2022", "GBP", TOTAL, months);
    assertWrites("vendor-payables", new Page<>(List.of(vendor), "b3BhcXVl"));
  }

  private void assertWrites(String sample, Object written) throws IOException {
    byte[] expected = Files.readAllBytes(Path.of("src/wire", sample + ".json"));
    assertThat(json.readValue(json.writeValueAsBytes(written), JsonNode.class))
        .isEqualTo(json.readValue(expected, JsonNode.class));
  }
}
