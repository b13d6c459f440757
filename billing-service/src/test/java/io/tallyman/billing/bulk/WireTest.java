package io.tallyman.billing.bulk;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.bulk.BulkType.Refused;
import io.tallyman.billing.bulk.BulkType.Result;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The answer to a worker, as the canonical sample has it. */
final class WireTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesHowFarATaskIs() throws IOException {
    samples.assertWrites(
        "bulk-step",
        new BulkTasks.Step(
            400, 1_000, new Result(400, 397, List.of(new Refused("task-ended", 3)))));
  }
}
