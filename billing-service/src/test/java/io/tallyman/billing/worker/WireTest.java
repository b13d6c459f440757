package io.tallyman.billing.worker;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.worker.LiveWorkers.LiveWorker;
import io.tallyman.billing.worker.LiveWorkers.RunningAttempt;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The reports of workers, and the answers about workers, equal the samples in src/wire. */
final class WireTest {
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.778901Z");
  private static final Instant DONE = Instant.parse("2026-01-02T03:04:06.678901Z");
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void readsTheReportOfAWorker() throws IOException {
    samples.assertReads(
        "worker-report",
        WorkerRegistry.Report.class,
        new WorkerRegistry.Report(
            4, 3, null, null, List.of(new WorkerRegistry.Running(TASK, 1)), null));
  }

  @Test
  void readsTheReportOfAWorkerWithLightSlots() throws IOException {
    samples.assertReads(
        "worker-report-light",
        WorkerRegistry.Report.class,
        new WorkerRegistry.Report(
            4, 3, 32, 31, List.of(new WorkerRegistry.Running(TASK, 1)), null));
  }

  @Test
  void readsTheReportOfAWorkerThatTakesSeveralTasksWithAMessage() throws IOException {
    samples.assertReads(
        "worker-report-several",
        WorkerRegistry.Report.class,
        new WorkerRegistry.Report(
            4, 3, 32, 31, List.of(new WorkerRegistry.Running(TASK, 1)), true));
  }

  @Test
  void writesTheLiveWorkers() throws IOException {
    RunningAttempt attempt = new RunningAttempt(TASK, "billing.sheet", 1, STARTED);
    LiveWorker worker = new LiveWorker("worker-1", 4, 3, List.of(attempt), DONE);
    samples.assertWrites("workers", new LiveWorkersController.Listed(List.of(worker)));
  }

  @Test
  void writesTheLoad() throws IOException {
    samples.assertWrites("load", new Load(12, 4, 16, 8));
  }
}
