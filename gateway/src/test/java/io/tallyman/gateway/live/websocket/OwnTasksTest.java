package io.tallyman.gateway.live.websocket;

import static io.tallyman.gateway.live.websocket.SocketClient.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.FakeService.Received;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.access.Tokens;
import io.tallyman.gateway.live.LiveEvents;
import io.tallyman.gateway.live.StandInEvents;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clerks. All tasks are those of the user 3. */
@MicronautTest
final class OwnTasksTest extends GatewayTest {
  private static final String OWNER = Tokens.SHARED.issue("3", 600, "clerk");
  private static final String OTHER = Tokens.SHARED.issue("4", 600, "clerk");

  @Inject EmbeddedServer gateway;
  @Inject LiveEvents events;

  private StandInEvents tasks = new StandInEvents(billing);

  @BeforeEach
  void begin() {
    tasks = new StandInEvents(billing);
  }

  @Test
  void clerkFollowsNoTaskOfOthers() {
    UUID id = tasks.task("PENDING");
    String frame =
        "{\"type\": \"subscribe\", \"ref\": \"a\", \"task_ids\": [\"%s\"]}".formatted(id);
    try (SocketClient owner = as(OWNER);
        SocketClient other = as(OTHER)) {
      owner.send(frame);
      assertThat(sizeOf(owner.next("snapshot"))).isOne();

      other.send(frame);
      assertThat(sizeOf(other.next("snapshot"))).isZero();
      assertThat(text(other.next("error"), "problem", "type"))
          .isEqualTo("urn:tallyman:problem:unknown-task-id");

      change(id, "STARTED");
      owner.next("event");
      other.assertNothingMore();
    }
  }

  @Test
  void filterOfAClerkIsForTheOwnTasks() {
    UUID id = tasks.task("STARTED");
    String frame = "{\"type\": \"subscribe\", \"ref\": \"a\", \"filter\": {}}";
    try (SocketClient owner = as(OWNER);
        SocketClient other = as(OTHER)) {
      owner.send(frame);
      assertThat(sizeOf(owner.next("snapshot"))).isOne();
      other.send(frame);
      assertThat(sizeOf(other.next("snapshot"))).isZero();
      assertThat(billing.received())
          .extracting(Received::request)
          .anyMatch(request -> request.matches("GET /tasks\\?.*submitted_by=3.*"))
          .anyMatch(request -> request.matches("GET /tasks\\?.*submitted_by=4.*"));

      change(id, "SUCCESS");
      owner.next("event");
      other.assertNothingMore();
    }
  }

  /** So billing-service decides whether the clerk sees the task, as it does with POST. */
  @Test
  void cancelAndGroupAreAskedForWithTheTokenOfTheSession() {
    UUID id = tasks.task("PENDING");
    UUID group = UUID.randomUUID();
    tasks.group(group, id);
    billing.answerJson("POST /tasks/" + id + "/cancel", 202, sample("billing-service", "task"));
    try (SocketClient client = as(OWNER)) {
      client.send("{\"type\": \"cancel\", \"ref\": \"a\", \"task_id\": \"%s\"}".formatted(id));
      client.next("ack");
      client.send(
          "{\"type\": \"subscribe\", \"ref\": \"b\", \"group_id\": \"%s\"}".formatted(group));
      client.next("snapshot");
    }
    assertThat(billing.received())
        .filteredOn(sent -> sent.request().matches("POST /tasks/.*|GET /task-groups/.*"))
        .hasSize(2)
        .allMatch(sent -> ("Bearer " + OWNER).equals(sent.headers().getFirst("Authorization")));
  }

  private SocketClient as(String token) {
    return new SocketClient(gateway, Map.of(SocketClient.AUTHORIZATION, "Bearer " + token));
  }

  private void change(UUID id, String status) {
    events.changed(id, tasks.become(id, status));
  }

  private static int sizeOf(JsonNode snapshot) {
    return requireNonNull(snapshot.get("tasks")).size();
  }
}
