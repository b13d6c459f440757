package io.tallyman.billing.imports;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.duplicate.ImportDuplicates;
import io.tallyman.billing.sheet.SheetFormat;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The parameters of an import on the wire, as the canonical samples have them. */
final class WireTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesTheOptionsOfAnInspection() throws IOException {
    samples.assertWrites(
        "import-options",
        new FileFormat(
            Map.of(
                "date_billed",
                "Payment Date",
                "account_name",
                "Beneficiary Name",
                "payable",
                "Amount"),
            "vendor",
            ";",
            "windows-1252",
            "dd/MM/yyyy",
            ",",
            2,
            "2022-03-31",
            70,
            ".",
            new TreeMap<>(Map.of("€", "EUR", "£", "")),
            Set.of("parentheses")));
  }

  @Test
  void writesTheParametersOfAnImport() throws IOException {
    Map<String, String> columns =
        Map.of(
            "account_name", "Beneficiary Name", "date_billed", "Payment Date", "payable", "Amount");
    samples.assertWrites(
        "import-parameters",
        new BillingImport.Parameters(
            columns,
            "GBP",
            ";",
            "windows-1252",
            "dd/MM/yyyy",
            ",",
            2,
            "2022-03-31",
            70,
            ".",
            new TreeMap<>(Map.of("€", "EUR", "£", "")),
            Set.of("parentheses"),
            "detect",
            BillingImport.OnError.ABORT,
            BillingImport.Mode.VALIDATE,
            1_432_091,
            BillingImport.OnReference.ADD,
            UUID.fromString("01977f3a-5c1e-7d2b-9a40-0f6f2b1c8d11"),
            new SheetFormat("excel", ";", ",")));
  }

  @Test
  void writesTheParametersOfASheetOfDuplicates() throws IOException {
    samples.assertWrites(
        "duplicates-parameters",
        new ImportDuplicates.Parameters(
            UUID.fromString("01977f3a-5c1e-7d2b-9a40-0f6f2b1c8d11"),
            new SheetFormat("excel", ";", ",")));
  }
}
