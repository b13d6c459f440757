package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.standalone.stack.Stack;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * All tasks that match a filter are cancelled and retried, by a worker that is killed meanwhile.
 */
@OnBreakableStack
final class BulkTasksIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Groups of the most tasks that a group can have: more than one batch. */
  private static final int GROUPS = 4;

  private static final int TASKS = GROUPS * 100;
  private static final Map<String, ?> LATER =
      Map.of(
          "task",
          "billing.total_payables",
          "parameters",
          Map.of("year", 1985),
          "eta",
          Moment.later());

  private final Stack stack = RunningStack.BREAKABLE.embedded();
  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.BREAKABLE.get());

  @Test
  void eachTaskIsRetriedOnceWhenTheWorkerIsKilled() throws Exception {
    List<JsonNode> tasks = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      Map<String, ?> body = Map.of("tasks", Collections.nCopies(100, LATER));
      gateway.post("/api/v1/task-groups", body).body().get("tasks").forEach(tasks::add);
    }
    JsonNode first = tasks.getFirst();
    JsonNode last = tasks.getLast();
    Map<String, ?> chosen =
        Map.of("task", "billing.total_payables", "from", first.get("created_at").asString());
    JsonNode cancelled = gateway.awaitSuccess(submit("cancel", chosen), PATIENCE);
    assertThat(cancelled.get("changed").asInt()).isEqualTo(TASKS);
    assertThat(cancelled.get("refused")).isEmpty();

    String retry;
    // The last batch cannot be committed before its worker is killed.
    try (Connection held = database.holdTask(last.get("task_id").asString())) {
      retry = submit("retry", chosen);
      Moment.when(
          "the first batch is done", () -> database.done(retry) > 0 && database.waiting() > 0);
      stack.kill(database.workerOf(retry));
      held.rollback();
    }

    JsonNode result = gateway.awaitSuccess(retry, PATIENCE);
    assertThat(result.get("tasks").asInt()).isEqualTo(TASKS);
    assertThat(result.get("changed").asInt()).isEqualTo(TASKS);
    assertThat(gateway.task(retry).get("attempt").asInt()).isGreaterThan(1);
    assertThat(gateway.task(retry).at("/progress/unit").asString()).isEqualTo("tasks");
    assertThatEachWasRetriedOnce(first.get("created_at").asString());
  }

  private String submit(String action, Map<String, ?> filter) {
    return gateway.post("/api/v1/tasks/" + action, filter).body().get("task_id").asString();
  }

  private void assertThatEachWasRetriedOnce(String from) {
    int retries = 0;
    Set<String> retried = new HashSet<>();
    String path = "/api/v1/tasks" + Gateway.query("task", "billing.total_payables", "from", from);
    for (String cursor = ""; cursor != null; ) {
      JsonNode page = gateway.get(path + "&limit=200" + cursor).body();
      List<String> ofPage =
          page.get("data")
              .valueStream()
              .map(task -> task.get("retry_of").asString(""))
              .filter(id -> !id.isEmpty())
              .toList();
      retries += ofPage.size();
      retried.addAll(ofPage);
      cursor =
          page.get("next_cursor").isNull() ? null : "&cursor=" + page.get("next_cursor").asString();
    }
    assertThat(retries).isEqualTo(TASKS);
    assertThat(retried).hasSize(TASKS);
  }
}
