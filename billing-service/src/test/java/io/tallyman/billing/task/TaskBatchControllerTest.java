package io.tallyman.billing.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TaskBatchControllerTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void everyTaskIsReadAsItIsReadAlone() {
    UUID later = worker.submit(TestWorker.notDue());
    UUID low = worker.submit("\"priority\": 1");
    UUID middle = worker.submit("\"priority\": 4");
    UUID high = worker.submit("\"priority\": 8");
    UUID started = worker.submit();
    worker.claim(started);
    UUID ended = worker.submit();
    worker.claim(ended);
    worker.done(ended, 1);
    List<UUID> ids = List.of(later, low, middle, high, started, ended);

    assertThat(read(ids))
        .containsExactlyInAnyOrderElementsOf(
            ids.stream().map(id -> worker.task(id).json()).toList());
    assertThat(worker.task(low).text("queue_position")).isEqualTo("2");
  }

  @Test
  void unknownTasksAreLeftOut() {
    UUID known = worker.submit();

    List<JsonNode> found = read(List.of(UUID.randomUUID(), known));

    assertThat(found).containsExactly(worker.task(known).json());
  }

  @Test
  void nothingIsFoundWhereNothingIsWanted() {
    assertThat(read(List.of())).isEmpty();
  }

  @Test
  void atMostFiveHundredAreReadAtOnce() {
    assertThat(answer(Collections.nCopies(500, UUID.randomUUID())).status()).isEqualTo(200);
    assertThat(answer(Collections.nCopies(501, UUID.randomUUID())).status()).isEqualTo(422);
  }

  private static List<JsonNode> read(List<UUID> ids) {
    List<JsonNode> tasks = new ArrayList<>();
    Objects.requireNonNull(answer(ids).json().get("data")).values().forEach(tasks::add);
    return tasks;
  }

  private static Answer answer(List<UUID> ids) {
    return SERVICE.post(
        "/internal/task-batches",
        ids.stream()
            .map(id -> "\"" + id + "\"")
            .collect(Collectors.joining(", ", "{\"task_ids\": [", "]}")));
  }
}
