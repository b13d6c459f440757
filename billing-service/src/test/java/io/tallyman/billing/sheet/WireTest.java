package io.tallyman.billing.sheet;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.kit.page.Page;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Manifests on the wire, as the canonical samples have them. */
final class WireTest {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Instant EXPIRES = Instant.parse("2026-04-02T03:04:06.678901Z");
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  private static final UUID SHEET = UUID.fromString("0197a3c2-7a00-7000-8000-000000000002");
  private static final String SHA256 =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final List<Total> TOTALS =
      List.of(new Total("GBP", new BigDecimal("13705200.99")));

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesTheManifest() throws IOException {
    String columns =
        """
        [{"name": "date_billed", "type": "date"}, {"name": "payable", "type": "decimal"}]
        """;
    Sheet sheet =
        new Sheet(
            SHEET,
            TASK,
            "billing-2022-03-31.csv",
            samples.tree(columns),
            742,
            samples.write(TOTALS),
            51234,
            SHA256,
            CREATED,
            EXPIRES);
    samples.assertWrites("sheet", sheet);
    samples.assertWrites("sheets", new Page<>(List.of(sheet), "b3BhcXVl"));
  }
}
