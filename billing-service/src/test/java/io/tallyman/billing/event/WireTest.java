package io.tallyman.billing.event;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.state.TaskStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The events of a task on the wire, as the canonical samples have them. */
final class WireTest {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Instant DONE = Instant.parse("2026-01-02T03:04:06.678901Z");

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesTheEventsOfATask() throws IOException {
    samples.assertWrites(
        "task-events",
        new TaskEventController.Told(
            List.of(
                new TaskEvent(1, CREATED, TaskStatus.PENDING, 0, null, null),
                new TaskEvent(2, DONE, TaskStatus.RETRY, 1, "worker-1", "worker-lost"))));
  }
}
