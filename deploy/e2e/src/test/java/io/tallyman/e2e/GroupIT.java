package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnOneStack
@OnSharedStack
final class GroupIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Map<String, ?> SHEET =
      Map.of("task", "billing.sheet", "parameters", Map.of("billing_date", "1999-12-28"));

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @Test
  void groupSucceedsWhenAllItsTasksHave() {
    Gateway.Answer accepted =
        gateway.post("/api/v1/task-groups", Map.of("tasks", List.of(SHEET, SHEET, SHEET)));

    assertThat(accepted.status()).isEqualTo(202);
    JsonNode group = awaitEnd(accepted.header("Location"));
    assertThat(group.get("status").asString()).isEqualTo("SUCCESS");
    assertThat(group.get("tasks").valueStream().map(task -> task.get("status").asString()))
        .containsExactly("SUCCESS", "SUCCESS", "SUCCESS");
  }

  @Test
  void groupThatIsCancelledEndsWithoutSuccess() {
    Gateway.Answer accepted =
        gateway.post(
            "/api/v1/task-groups",
            Map.of(
                "tasks",
                List.of(
                    Map.of(
                        "task",
                        "billing.sheet",
                        "parameters",
                        Map.of("billing_date", "1999-12-28"),
                        "eta",
                        Moment.later()))));
    String location = accepted.header("Location");

    assertThat(gateway.post(location + "/cancel").status()).isEqualTo(202);

    JsonNode group = awaitEnd(location);
    assertThat(group.get("status").asString()).isEqualTo("FAILURE");
    assertThat(group.at("/tasks/0/status").asString()).isEqualTo("REVOKED");
  }

  @Test
  void groupWithOneBadTaskIsNotAcceptedAtAll() {
    Map<String, ?> bad = Map.of("task", "billing.sheet", "parameters", Map.of());

    Gateway.Answer refused =
        gateway.post("/api/v1/task-groups", Map.of("tasks", List.of(SHEET, bad)));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/pointer").asString()).startsWith("/tasks/1/");
  }

  private JsonNode awaitEnd(String location) {
    return await("end of " + location)
        .atMost(PATIENCE)
        .until(
            () -> gateway.get(location).body(),
            group -> List.of("SUCCESS", "FAILURE").contains(group.get("status").asString()));
  }
}
