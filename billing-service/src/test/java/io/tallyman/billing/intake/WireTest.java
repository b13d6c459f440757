package io.tallyman.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The JSON and CSV of imports equal the samples in src/wire. */
final class WireTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @Test
  void writesTheParametersOfAnImport() throws IOException {
    Map<String, String> columns =
        Map.of(
            "account_name", "Beneficiary Name", "date_billed", "Payment Date", "payable", "Amount");
    assertWrites(
        "import-parameters",
        new BillingImport.Parameters(
            columns,
            "GBP",
            ";",
            "windows-1252",
            "dd/MM/yyyy",
            ",",
            BillingImport.OnError.ABORT,
            BillingImport.Mode.VALIDATE,
            1_432_091));
  }

  @Test
  void writesWhatWasStaged() throws IOException {
    assertWrites("staged", new StagingController.Staged(139_438, 2));
  }

  @Test
  void streamsRefusals() throws IOException {
    SERVICE.execute("INSERT INTO vendor (account_name) VALUES ('Oak'), ('Oak')");
    TestWorker worker = new TestWorker(SERVICE);
    UUID id = worker.submitImport();
    worker.claim(id);
    worker.stage(id, 1, "17,Elm,,,2022-03-31,1,,1\n2,Oak,,,2022-03-31,1.00,GBP,1\n");

    assertThat(worker.refusals(id, 1)).isEqualTo(sample("refusals.csv"));
  }

  private static void assertWrites(String sample, Object written) throws IOException {
    JsonMapper json = SERVICE.bean(JsonMapper.class);
    assertThat(json.readValue(json.writeValueAsString(written), JsonNode.class))
        .isEqualTo(json.readValue(sample(sample + ".json"), JsonNode.class));
  }

  private static String sample(String name) throws IOException {
    return Files.readString(Path.of("src/wire", name));
  }
}
