package io.tallyman.billing.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class TaskEventControllerTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void everyChangeOfATaskIsToldInItsOrder() {
    UUID id = worker.submit();
    worker.claim(id);
    worker.outcome(id, 1, TestWorker.RELEASED);
    worker.claim(id);
    worker.done(id, 2);

    Answer told = events(id);

    assertThat(told.status()).isEqualTo(200);
    assertThat(values(told, "seq")).containsExactly("1", "2", "3", "4", "5");
    assertThat(values(told, "status"))
        .containsExactly("PENDING", "STARTED", "PENDING", "STARTED", "SUCCESS");
    assertThat(values(told, "attempt")).containsExactly("0", "1", "1", "2", "2");
    assertThat(values(told, "worker_id"))
        .containsExactly("null", "worker-1", "worker-1", "worker-1", "worker-1");
    assertThat(values(told, "reason")).containsExactly("null", "null", "released", "null", "null");
    assertThat(values(told, "at")).isSorted().doesNotContain("null");
  }

  @Test
  void eventsOfAnUnknownTaskAreNotFound() {
    Answer refused = events(UUID.randomUUID());

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.problem()).isEqualTo("unknown-task-id");
  }

  private static Answer events(UUID id) {
    return SERVICE.get("/tasks/" + id + "/events");
  }

  private static List<String> values(Answer told, String field) {
    List<String> values = new ArrayList<>();
    for (JsonNode event : Objects.requireNonNull(told.json().get("data")).values()) {
      values.add(Objects.requireNonNull(event.get(field)).coerceStringValue());
    }
    return values;
  }
}
