package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.WireSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Staged rows on the wire, as the canonical samples have them. */
final class WireTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesWhatWasStaged() throws IOException {
    samples.assertWrites("staged", new StagedRows.Staged(139_438, 2));
  }

  @Test
  void streamsRefusals() throws IOException {
    SERVICE.execute("INSERT INTO vendor (account_name) VALUES ('Oak'), ('Oak')");
    TestWorker worker = new TestWorker(SERVICE);
    UUID id = worker.submitImport();
    worker.claim(id);
    worker.stage(id, 1, "17,Elm,,,2022-03-31,1,,1\n2,Oak,,,2022-03-31,1.00,GBP,1\n");

    assertThat(worker.refusals(id, 1))
        .isEqualTo(Files.readString(Path.of("src/wire/refusals.csv")));
  }
}
