package io.tallyman.billing.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.kit.patch.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The JSON of vendors equals the samples in src/wire. */
final class WireTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @Test
  void writesTheVendor() throws IOException {
    new WireSamples(SERVICE)
        .assertWrites(
            "vendor",
            new Vendor(
                7,
                "Willow Park Housing Trust",
                "WPH-0042",
                "GBP",
                3L,
                Instant.parse("2026-01-02T03:04:05.678901Z")));
  }

  @Test
  void readsTheChangedVendor() throws IOException {
    byte[] sample = Files.readAllBytes(Path.of("src/wire/changed-vendor.json"));

    assertThat(SERVICE.bean(JsonMapper.class).readValue(sample, ChangedVendor.class))
        .isEqualTo(
            new ChangedVendor(
                Change.to("Willow Park Housing Association"),
                Change.to(null),
                Change.none(),
                Change.to(4L)));
  }
}
