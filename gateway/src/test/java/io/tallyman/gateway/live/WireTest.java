package io.tallyman.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.live.EventClient.Found;
import io.tallyman.gateway.live.EventClient.Position;
import io.tallyman.gateway.live.EventClient.Recent;
import io.tallyman.gateway.live.EventClient.Wanted;
import io.tallyman.gateway.live.EventClient.WantedTask;
import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskEvent;
import io.tallyman.gateway.live.event.TaskProgress;
import io.tallyman.gateway.task.TaskStatus;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Requests and answers equal billing-service's samples. */
@MicronautTest
final class WireTest extends GatewayTest {
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Instant DONE = Instant.parse("2026-01-02T03:04:06.678901Z");

  @Inject JsonMapper json;

  @Test
  void eventsAreAskedForAsBillingServiceReadsIt() throws IOException {
    Wanted wanted = new Wanted(List.of(new WantedTask(TASK, 0), new WantedTask(OTHER, 7)));

    assertThat(read(json.writeValueAsString(wanted), JsonNode.class))
        .isEqualTo(read(sample("billing-service", "task-event-batch-request"), JsonNode.class));
  }

  @Test
  void eventsAreReadAsBillingServiceWritesThem() throws IOException {
    String events = sample("billing-service", "task-events").replace("\"data\"", "\"events\"");
    String changed =
        events.replaceFirst(
            "\\{", "{\"added_later\": 1, \"task\": " + sample("billing-service", "task") + ",");

    Found found = read("{\"data\": [" + changed + "]}", Found.class);

    assertThat(found.data().getFirst().task().seq()).isEqualTo(3);
    assertThat(found.data().getFirst().events())
        .containsExactly(
            new TaskEvent(1, CREATED, TaskStatus.PENDING, 0, null, null),
            new TaskEvent(2, DONE, TaskStatus.RETRY, 1, "worker-1", "worker-lost"));
  }

  @Test
  void recentEventsAreReadAsBillingServiceWritesThem() throws IOException {
    assertThat(read(sample("billing-service", "recent-events"), Recent.class))
        .isEqualTo(
            new Recent(List.of(new Position(TASK, 3), new Position(OTHER, 1)), DONE, CREATED));
  }

  @Test
  void progressIsReadAsBillingServiceWritesIt() throws IOException {
    TaskProgress progress = read(sample("billing-service", "task-progress"), TaskProgress.class);

    assertThat(progress.subject()).isEqualTo(new Subject(TASK, "billing.sheet", 3L, CREATED));
    assertThat(progress.attempt()).isEqualTo(1);
    assertThat(progress.progress())
        .isEqualTo(
            read(
                "{\"phase\": \"writing\", \"unit\": \"rows\", \"done\": 742, \"total\": 1000}",
                JsonNode.class));
  }

  private <T> T read(String text, Class<T> type) throws IOException {
    return Objects.requireNonNull(json.readValue(text, type));
  }
}
