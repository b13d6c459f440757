package io.tallyman.billing.state;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.task.SampleTask;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Hints and progress on the wire, as the canonical samples have them. */
final class WireTest {
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");

  private static final UUID OTHER = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesHints() throws IOException {
    samples.assertWrites(
        "hints",
        List.of(
            new Hint(OTHER, 2, true, null),
            Hint.of(SampleTask.ended(samples, null)),
            new Hint(OTHER, 4, false, null)));
  }

  @Test
  void writesProgress() throws IOException {
    samples.assertWrites(
        "task-progress",
        new TaskProgress(
            TASK,
            "billing.sheet",
            3L,
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            1,
            new Progress("writing", "rows", 742, 1_000L)));
  }
}
