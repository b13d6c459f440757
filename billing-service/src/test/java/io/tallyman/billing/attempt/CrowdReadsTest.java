package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What claims, heartbeats and outcomes read does not grow with the tasks that wait. */
final class CrowdReadsTest {
  private static final int WAITING = 500;
  private static final int RUNNING = 20;

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);

  /**
   * @param found how often a task was looked for by its id
   * @param read the tasks that were read by their status, alive or not
   */
  public record Reads(long found, long read) {}

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void tasksAreFoundByTheirIdsHoweverManyWait() {
    List<UUID> ids = Stream.generate(worker::submit).limit(RUNNING).toList();
    SERVICE.execute(
        """
        INSERT INTO task (id, task, parameters, status, priority, due_at, max_attempts)
        SELECT gen_random_uuid(), 'billing.sheet', '{"billing_date": "2022-03-31"}', 'PENDING', 4,
          now(), 5
        FROM generate_series(1, ?)
        """,
        WAITING);
    Reads before = read();

    ids.forEach(worker::claim);
    ids.forEach(id -> worker.heartbeat(id, 1, 100));
    ids.forEach(id -> worker.doneInline(id, 1));

    // Connections report what they read a little later. Each of these statements looks by ids.
    Reads after =
        await().until(CrowdReadsTest::read, read -> read.found() >= before.found() + 3 * RUNNING);
    assertThat(after.read() - before.read()).isLessThan(WAITING);
  }

  private static Reads read() {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT sum(idx_scan) FILTER (WHERE indexrelname = 'task_pkey') AS found,
                          sum(idx_tup_read) FILTER (WHERE indexrelname <> 'task_pkey') AS read
                        FROM pg_stat_user_indexes WHERE relname = 'task'
                        """)
                    .map(ConstructorMapper.of(Reads.class))
                    .one());
  }
}
