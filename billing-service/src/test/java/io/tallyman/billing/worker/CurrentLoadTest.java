package io.tallyman.billing.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CurrentLoadTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final CurrentLoad load = SERVICE.bean(CurrentLoad.class);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void whatIsDueAndWhatRunsWantsSlots() {
    worker.submit("\"priority\": 0");
    worker.submit("\"priority\": 9");
    worker.claim(worker.submit());
    report("worker-1", 4);
    report("worker-2", 2);

    assertThat(load.read()).isEqualTo(new Load(2, 1, 3, 6));
    assertThat(SERVICE.get("/internal/load").body())
        .isEqualTo("{\"waiting\":2,\"running\":1,\"wanted_slots\":3,\"slots\":6}");
  }

  @Test
  void otherTasksShareSlotsWithTheLightOnes() {
    worker.submit();
    worker.submit();
    worker.claim(worker.submit());
    SERVICE.put(
        "/internal/workers/worker-1",
        """
        {"slots": 2, "free_slots": 1, "light_slots": 6, "free_light_slots": 6, "running": []}
        """);
    assertThat(load.read()).isEqualTo(new Load(2, 1, 1, 2));

    SERVICE.execute("UPDATE task SET task = 'billing.import'");
    assertThat(load.read()).isEqualTo(new Load(2, 1, 3, 2));
  }

  @Test
  void whatIsTriedAgainWaitsOnceItIsDue() {
    UUID id = worker.submit();
    SERVICE.execute("UPDATE task SET status = 'RETRY' WHERE id = ?", id);
    assertThat(load.read().waiting()).isOne();

    SERVICE.execute("UPDATE task SET due_at = now() + interval '1 min' WHERE id = ?", id);
    assertThat(load.read().waiting()).isZero();
  }

  @Test
  void whatIsDueLaterOrHasEndedAndSilentWorkersDoNotCount() {
    worker.submit(TestWorker.notDue());
    UUID done = worker.submit();
    worker.claim(done);
    worker.done(done, 1);
    report("worker-1", 4);
    SERVICE.execute("UPDATE worker SET seen_at = now() - interval '16 s'");

    assertThat(load.read()).isEqualTo(new Load(0, 0, 0, 0));
  }

  @Test
  void longLineIsCountedToItsBound() {
    UUID id = worker.submit();
    SERVICE.execute(
        """
        INSERT INTO task
          (id, task, parameters, status, priority, due_at, max_attempts, event_seq)
        SELECT gen_random_uuid(), task, parameters, status, n % 10, due_at, max_attempts, event_seq
        FROM task, generate_series(1, ?) AS n
        WHERE id = ?
        """,
        CurrentLoad.MOST_COUNTED, id);

    assertThat(load.read()).isEqualTo(new Load(10_000, 0, 10_000, 0));
  }

  private static void report(String id, int slots) {
    SERVICE.put(
        "/internal/workers/" + id,
        """
        {"slots": %d, "free_slots": 1, "running": []}
        """
            .formatted(slots));
  }
}
