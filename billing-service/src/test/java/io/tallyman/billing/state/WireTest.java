package io.tallyman.billing.state;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Hints on the wire, as the canonical samples have them. */
final class WireTest {
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesHints() throws IOException {
    samples.assertWrites("hint", new Hint(TASK, 3));
  }
}
