package io.tallyman.billing.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.Walk;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each task's priority is its number in the order of creation, so that it identifies the task. */
final class TaskListTest {
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05.678901Z");

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void addTasks() {
    SERVICE.forget();
    add(1, "SUCCESS", "billing.sheet", FIRST);
    add(2, "FAILURE", "billing.import", FIRST.plusMillis(1));
    add(3, "PENDING", "billing.sheet", FIRST.plusSeconds(1));
    add(4, "PENDING", "billing.import", FIRST.plusSeconds(1).plusNanos(1000));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=3, 4 3 2 1",
    "limit=1&status=PENDING, 4 3",
    "limit=1&task=billing.sheet, 3 1",
    "limit=1&task=billing.import&status=FAILURE, 2",
    "limit=1&status=REVOKED, ''",
    "limit=1&status=-PENDING, 2 1",
    "limit=1&status=-SUCCESS&task=billing.sheet, 3",
    "limit=1&task=-billing.sheet&status=-FAILURE, 4",
    "limit=1&from=2026-01-02T03:04:05.679901Z, 4 3 2",
    "limit=1&to=2026-01-02T03:04:05.679901Z, 1",
    "limit=1&from=2026-01-02T03:04:06Z&to=2026-01-02T03:04:06.678902Z, 3",
    "limit=1&from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z, 4 3 2 1"
  })
  void walkSeesWhatTheFilterChoosesTheNewestFirst(String query, String numbers) {
    assertThat(String.join(" ", Walk.over(SERVICE, "/tasks?" + query, "priority")))
        .isEqualTo(numbers);
  }

  @Test
  void walkSeesTasksOfOneInstantOnceWhileOthersAreSubmitted() {
    SERVICE.forget();
    for (int i = 0; i < 40; i++) {
      add(5, "SUCCESS", "billing.sheet", FIRST);
    }

    List<String> seen =
        Walk.over(
            SERVICE, "/tasks?limit=7", "task_id", () -> add(1, "PENDING", "billing.sheet", FIRST));

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen).containsAll(ids("priority = 5"));
  }

  @Test
  void rowsAreThoseThatAreShownOneByOneButForTheirPlaceInTheQueue() {
    String shown = SERVICE.get("/tasks/" + ids("priority = 4").getFirst()).body();

    assertThat(shown).contains("\"queue_position\":0");
    assertThat(SERVICE.get("/tasks?task=billing.import&status=PENDING").body())
        .isEqualTo(
            "{\"data\":[%s],\"next_cursor\":null}"
                .formatted(shown.replace("\"queue_position\":0", "\"queue_position\":null")));
  }

  @ParameterizedTest
  @CsvSource({
    "status=DONE, ?status",
    "status=pending, ?status",
    "status=Pending, ?status",
    "status=, ?status",
    "status=-, ?status",
    "status=--PENDING, ?status",
    "task=-, ?task",
    "task=billing.shet, ?task",
    "task=, ?task",
    "from=2026-01-02, ?from",
    "from=%2B10000-01-01T00:00:00Z, ?from",
    "from=%2B1000000000-12-31T23:59:59Z, ?from",
    "from=-1000000000-01-01T00:00:00Z, ?from",
    "to=0000-12-31T23:59:59Z, ?to",
    "limit=201, ?limit",
    "cursor=abc, ?cursor"
  })
  void whatIsOutOfBoundsIsRefusedByItsName(String query, String pointer) {
    Answer refused = SERVICE.get("/tasks?" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }

  @Test
  void statusThatIsNoneIsAnsweredWithThoseThatThereAre() {
    assertThat(SERVICE.get("/tasks?status=pending").text("detail"))
        .isEqualTo("?status: must be one of [PENDING, STARTED, RETRY, SUCCESS, FAILURE, REVOKED]");
  }

  private static void add(int number, String status, String task, Instant createdAt) {
    SERVICE.execute(
        """
        INSERT INTO task
          (id, task, parameters, status, priority, due_at, max_attempts, created_at)
        VALUES (?, ?, '{}', ?, ?, '2026-01-02', 5, ?)
        """,
        UUID.randomUUID(),
        task,
        status,
        number,
        createdAt);
  }

  private static List<String> ids(String condition) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle.select("SELECT id FROM task WHERE " + condition).mapTo(String.class).list());
  }
}
