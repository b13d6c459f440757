package io.tallyman.billing.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.event.TaskEventBatchController.ChangedTask;
import io.tallyman.billing.event.TaskEventBatchController.WantedTask;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.task.SampleTask;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The events of a task on the wire, as the canonical samples have them. */
final class WireTest {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Instant DONE = Instant.parse("2026-01-02T03:04:06.678901Z");

  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");
  private static final List<TaskEvent> EVENTS =
      List.of(
          new TaskEvent(1, CREATED, TaskStatus.PENDING, 0, null, null),
          new TaskEvent(2, DONE, TaskStatus.RETRY, 1, "worker-1", "worker-lost"));

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesTheEventsOfATask() throws IOException {
    samples.assertWrites("task-events", new TaskEventController.Told(EVENTS));
  }

  @Test
  void readsWhichEventsAreWanted() throws IOException {
    samples.assertReads(
        "task-event-batch-request",
        TaskEventBatchController.Wanted.class,
        new TaskEventBatchController.Wanted(
            List.of(new WantedTask(TASK, 0), new WantedTask(OTHER, 7))));
  }

  @Test
  void writesTheEventsOfManyTasks() throws IOException {
    JsonNode written = samples.write(new ChangedTask(SampleTask.ended(samples, null), EVENTS));

    assertThat(written.get("task")).isEqualTo(samples.tree(WireSamples.sample("task")));
    assertThat(written.get("events"))
        .isEqualTo(samples.tree(WireSamples.sample("task-events")).get("data"));
  }

  @Test
  void writesTheRecentEvents() throws IOException {
    samples.assertWrites(
        "recent-events",
        new RecentEventController.Told(
            List.of(
                new RecentEventController.Happened(TASK, 3),
                new RecentEventController.Happened(OTHER, 1)),
            DONE,
            CREATED));
  }
}
