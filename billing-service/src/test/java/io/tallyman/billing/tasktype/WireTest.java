package io.tallyman.billing.tasktype;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Task types on the wire, as the canonical samples have them. */
final class WireTest {

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesTheTaskTypes() throws IOException {
    samples.assertWrites(
        "task-types", samples.read("task-types", TaskTypeController.TypeList.class));
  }
}
