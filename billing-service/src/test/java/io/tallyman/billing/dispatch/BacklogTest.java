package io.tallyman.billing.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the dispatcher reads does not grow with the tasks that are due later. */
final class BacklogTest {
  private static final int LATER = 90_000;

  /** In pages of 8 KB. The index alone has more than 500. */
  private static final int MOST_PAGES = 100;

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void urgentTasksThatAreDueLaterAreNotRead() throws IOException {
    SERVICE.execute(
        """
        INSERT INTO task (id, task, parameters, status, priority, eta, due_at, max_attempts)
        SELECT gen_random_uuid(), 'billing.sheet', '{"billing_date": "2022-03-31"}', 'PENDING', 9,
          now() + n * interval '1 day', now() + n * interval '1 day', 5
        FROM generate_series(1, ?) AS n
        """,
        LATER);
    UUID due = worker.submit("\"priority\": 0");
    SERVICE.execute("ANALYZE task");

    assertThat(pages(SERVICE.attempts(), DispatchedTasks.MARK, Map.of("room", 100)))
        .isBetween(1, MOST_PAGES);
    assertThat(worker.dispatchNo(due)).isOne();
    assertThat(worker.task(due).text("queue_position")).isEqualTo("0");
    assertThat(pages(SERVICE.jdbi(), "SELECT count(*) FROM task", Map.of()))
        .isGreaterThan(MOST_PAGES);
  }

  private static int pages(Jdbi jdbi, String sql, Map<String, ?> values) throws IOException {
    String plan =
        jdbi.withHandle(
            handle -> {
              Query query = handle.createQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql);
              return query.bindMap(values).mapTo(String.class).one();
            });
    JsonNode root =
        Objects.requireNonNull(SERVICE.bean(JsonMapper.class).readValue(plan, JsonNode.class));
    JsonNode top = Objects.requireNonNull(Objects.requireNonNull(root.get(0)).get("Plan"));
    return List.of("Shared Hit Blocks", "Shared Read Blocks").stream()
        .mapToInt(name -> Objects.requireNonNull(top.get(name)).getIntValue())
        .sum();
  }
}
