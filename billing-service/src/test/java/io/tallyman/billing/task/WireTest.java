package io.tallyman.billing.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.state.Task;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON that this service writes and reads equals the samples in src/wire. */
final class WireTest {

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesTheTask() throws IOException {
    Task task = SampleTask.ended(samples, null);
    samples.assertWrites("task", task);
    assertThat(samples.write(new TaskBatchController.Found(List.of(task))))
        .isEqualTo(samples.tree("{\"data\": [" + WireSamples.sample("task") + "]}"));
  }

  @Test
  void readsWhichTasksAreWanted() throws IOException {
    UUID other = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");
    samples.assertReads(
        "task-batch-request",
        TaskBatchController.Wanted.class,
        new TaskBatchController.Wanted(List.of(SampleTask.ID, other)));
  }

  @ParameterizedTest
  @CsvSource({
    "submissions-request, io.tallyman.billing.task.SubmissionBatchController$Batch",
    "submissions-answer, io.tallyman.billing.task.SubmissionBatchController$Answers"
  })
  void readsAndWritesManySubmissionsWithoutLosingAnything(String sample, Class<?> type)
      throws IOException {
    samples.assertWrites(sample, samples.read(sample, type));
  }
}
