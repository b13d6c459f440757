package io.tallyman.billing.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.worker.LiveWorkers.LiveWorker;
import io.tallyman.billing.worker.LiveWorkers.RunningAttempt;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LiveWorkersTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final LiveWorkers workers = SERVICE.bean(LiveWorkers.class);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void workersAreListedByTheirIdsWithWhatTheyRun() {
    report("worker-2", 2);
    report("worker-1", 4);
    UUID first = worker.submit();
    UUID second = worker.submit();
    worker.submit();
    worker.claim(second);
    worker.outcome(second, 1, TestWorker.RELEASED);
    worker.claim(first);
    worker.claim(second);

    List<LiveWorker> live = workers.list();

    assertThat(live).extracting(LiveWorker::id).containsExactly("worker-1", "worker-2");
    assertThat(live).extracting(LiveWorker::slots).containsExactly(4, 2);
    assertThat(live.getFirst().running())
        .extracting(RunningAttempt::taskId, RunningAttempt::task, RunningAttempt::attempt)
        .containsExactly(tuple(first, "billing.sheet", 1), tuple(second, "billing.sheet", 2));
    assertThat(live.getLast().running()).isEmpty();
    assertThat(SERVICE.get("/workers").body()).contains("\"since\":\"", "\"seen_at\":\"");
  }

  @Test
  void workerThatEndedItsAttemptsRunsNone() {
    report("worker-1", 4);
    UUID id = worker.submit();
    worker.claim(id);
    worker.done(id, 1);

    assertThat(workers.list().getFirst().running()).isEmpty();
  }

  /** A report may be 5 s old; the running attempts are those of the database now. */
  @Test
  void freeSlotsAreThoseThatRunNothingWhateverTheLastReportSaid() {
    report("worker-1", 4, 4);
    report("worker-2", 2, 0);
    worker.claim(worker.submit());

    List<LiveWorker> live = workers.list();

    assertThat(live).extracting(one -> one.running().size()).containsExactly(1, 0);
    assertThat(live).extracting(LiveWorker::freeSlots).containsExactly(3, 2);
  }

  @Test
  void slotsOfBothKindsCount() {
    SERVICE.put(
        "/internal/workers/worker-1",
        """
        {"slots": 2, "free_slots": 1, "light_slots": 6, "free_light_slots": 6, "running": []}
        """);
    worker.claim(worker.submit());

    assertThat(workers.list().getFirst().slots()).isEqualTo(8);
    assertThat(workers.list().getFirst().freeSlots()).isEqualTo(7);
  }

  /** The attempts of a worker that was killed and started again with its old id. */
  @Test
  void workerThatRunsMoreThanItHasSlotsHasNoneFree() {
    report("worker-1", 1, 1);
    worker.claim(worker.submit());
    worker.claim(worker.submit());

    assertThat(workers.list().getFirst().freeSlots()).isZero();
  }

  @Test
  void silentWorkerIsNotListed() {
    report("worker-1", 4);
    SERVICE.execute("UPDATE worker SET seen_at = now() - interval '16 s'");

    assertThat(SERVICE.get("/workers").body()).isEqualTo("{\"data\":[]}");
  }

  private static void report(String id, int slots) {
    report(id, slots, 1);
  }

  private static void report(String id, int slots, int free) {
    SERVICE.put(
        "/internal/workers/" + id,
        """
        {"slots": %d, "free_slots": %d, "running": []}
        """
            .formatted(slots, free));
  }
}
