package io.tallyman.billing.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.tallyman.billing.RunningService;
import io.tallyman.kit.patch.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The JSON of vendors equals the samples in src/wire. */
final class WireTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

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
