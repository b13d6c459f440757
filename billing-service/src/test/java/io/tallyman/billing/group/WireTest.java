package io.tallyman.billing.group;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.task.SampleTask;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Groups of tasks on the wire, as the canonical samples have them. */
final class WireTest {
  private static final UUID GROUP = UUID.fromString("0197a3c2-6e00-7000-8000-000000000003");

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesTheGroup() throws IOException {
    Task waiting =
        new Task(
            UUID.fromString("0197a3c2-6f00-7000-8000-000000000004"),
            "billing.sheet",
            samples.tree("{\"billing_date\": \"2022-04-01\"}"),
            TaskStatus.PENDING,
            1,
            null,
            0,
            5,
            4,
            null,
            12,
            null,
            null,
            null,
            GROUP,
            3L,
            SampleTask.CREATED,
            null,
            SampleTask.CREATED,
            null,
            null);
    samples.assertWrites(
        "task-group", TaskGroup.of(GROUP, List.of(SampleTask.ended(samples, GROUP), waiting)));
  }
}
