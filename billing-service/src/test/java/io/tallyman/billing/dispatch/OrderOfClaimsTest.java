package io.tallyman.billing.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.state.TaskTransitions.ClaimedTask;
import io.tallyman.billing.task.TaskLifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** With ten thousand tasks waiting, priorities are kept exactly. */
@Order(1)
final class OrderOfClaimsTest {
  /**
   * The lease outlasts the test on a slow machine; else the first tasks would be dispatched again.
   */
  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.tasks.lease", "10m"));

  private static final int WAITING = 10_000;
  private static final int EVERY = 499;

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  private final DispatchedTasks dispatched = SERVICE.bean(DispatchedTasks.class);
  private final TaskTransitions transitions = SERVICE.bean(TaskTransitions.class);

  public record Waiting(UUID id, int priority, Instant dueAt, boolean due) {}

  @Test
  void slotIsOfferedTasksByPriorityThenDueTimeThenId() {
    insert();
    List<Waiting> expected = inOrder();
    assertThat(expected).hasSizeBetween(WAITING / 2, WAITING - 1);
    assertPositions(expected, 0);

    List<UUID> claimed = claim(expected.size() / 2);
    assertPositions(expected, claimed.size());
    claimed.addAll(claim(WAITING));

    assertThat(claimed).isEqualTo(expected.stream().map(Waiting::id).toList());
    assertThat(SERVICE.count("task WHERE status = 'PENDING' AND due_at <= now()")).isZero();
  }

  /** The position of one task and those of a group are computed by different SQL. */
  @Test
  void positionIsCountedUpToTenThousand() {
    insert();
    SERVICE.execute("UPDATE task SET due_at = '2001-01-01T00:00:00Z', priority = 5");
    UUID first = added(9);
    UUID tenThousandAndFirst = added(0);
    UUID next = added(0);

    assertThat(position(first)).isEqualTo("0 0");
    assertThat(position(tenThousandAndFirst)).isEqualTo("10000 10000");
    assertThat(position(next)).isEqualTo("10000 10000");
  }

  private static UUID added(int priority) {
    UUID id = TaskLifecycle.newId();
    SERVICE.execute(
        """
        INSERT INTO task
          (id, task, parameters, status, priority, due_at, group_id, max_attempts, event_seq)
        VALUES (?, 'billing.sheet', '{"billing_date": "2022-03-31"}', 'PENDING', ?, now(), ?, 5, 1)
        """,
        id,
        priority,
        id);
    return id;
  }

  private String position(UUID id) {
    String group = SERVICE.get("/task-groups/" + id).body();
    return worker.task(id).text("queue_position")
        + group.replaceFirst("(?s).*\"queue_position\":(\\w+).*", " $1");
  }

  /** Uses few due times, so that many tasks differ only by id. A quarter is not due yet. */
  private static void insert() {
    SERVICE.execute(
        """
        INSERT INTO task
          (id, task, parameters, status, priority, eta, due_at, max_attempts, event_seq)
        SELECT gen_random_uuid(), 'billing.sheet', '{"billing_date": "2022-03-31"}', 'PENDING',
          floor(random() * 10), eta, eta, 5, 1
        FROM (
          SELECT date_trunc('second', now())
            + make_interval(secs => 300 * (floor(random() * 40) - 30)) AS eta
          FROM generate_series(1, ?)
        ) AS etas
        """,
        WAITING);
  }

  /** The expected order, computed here with ids compared as text. */
  private static List<Waiting> inOrder() {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT id, priority, due_at, due_at <= now() AS due FROM task")
                    .map(ConstructorMapper.of(Waiting.class))
                    .stream()
                    .filter(Waiting::due)
                    .sorted(
                        Comparator.comparingInt(Waiting::priority)
                            .reversed()
                            .thenComparing(Waiting::dueAt)
                            .thenComparing(task -> task.id().toString()))
                    .toList());
  }

  /** Claims like slots do: in the order of dispatch, and dispatches more when there is room. */
  private List<UUID> claim(int atLeast) {
    List<UUID> claimed = new ArrayList<>();
    List<Dispatch> offers = dispatched.mark();
    while (!offers.isEmpty()) {
      List<Dispatch> batch = offers;
      SERVICE
          .jdbi()
          .useTransaction(
              transaction -> {
                for (Dispatch offer : batch) {
                  transitions
                      .claim(
                          transaction,
                          List.of(
                              new ClaimedTask(
                                  offer.id(), UUID.randomUUID(), "worker-1", offer.dispatchNo())))
                      .forEach(moved -> claimed.add(moved.id()));
                }
              });
      offers = claimed.size() < atLeast ? dispatched.mark() : List.of();
    }
    return claimed;
  }

  private void assertPositions(List<Waiting> expected, int claimed) {
    for (int index = claimed; index < expected.size(); index += EVERY) {
      assertThat(worker.task(expected.get(index).id()).text("queue_position"))
          .isEqualTo(Integer.toString(index - claimed));
    }
  }
}
