package io.tallyman.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@MicronautTest
final class GroupControllerTest extends GatewayTest {
  private static final String ID = "0197a3c2-6e00-7000-8000-000000000003";
  private static final String SELF = "/api/v1/task-groups/" + ID;
  private static final String STARTED = sample("billing-service", "task-group");
  private static final String TASK = "{\"task\": \"billing.sheet\", \"parameters\": {\"a\": [1]}}";

  @Inject Client client;
  @Inject JsonMapper json;

  @Test
  void acceptedGroupIsAnsweredWithItsPlaceAndWhenToAskForIt() {
    billing.answerJson("POST /task-groups", 202, STARTED);

    HttpResponse<String> accepted =
        client.post("/api/v1/task-groups", "{\"tasks\": [" + TASK + ", null]}");

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Location")).hasValue(SELF);
    assertThat(accepted.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(billing.received().getFirst().text())
        .startsWith("{\"tasks\":[{\"task\":\"billing.sheet\",\"parameters\":{\"a\":[1]}")
        .endsWith(",null]}");
  }

  @Test
  @SuppressWarnings("unchecked") // JSON objects and arrays
  void everythingThatBillingServiceTellsIsPassedOnWithLinks() throws IOException {
    billing.answerJson("GET /task-groups/" + ID, 200, STARTED);

    Map<String, Object> shown = fields(client.get(SELF).body());

    Map<String, Object> told = fields(STARTED);
    List<Map<String, Object>> toldTasks =
        (List<Map<String, Object>>) Objects.requireNonNull(told.remove("tasks"));
    List<Map<String, Object>> tasks =
        (List<Map<String, Object>>) Objects.requireNonNull(shown.get("tasks"));
    assertThat(shown).containsAllEntriesOf(told);
    assertThat(shown).containsEntry("links", Map.of("self", SELF, "cancel", SELF + "/cancel"));
    assertThat(tasks).hasSize(2);
    assertThat(tasks.getFirst()).containsAllEntriesOf(toldTasks.getFirst()).containsKey("links");
    assertThat(tasks.getLast()).containsAllEntriesOf(toldTasks.getLast()).containsKey("links");
  }

  @Test
  void endedGroupCannotBeCancelledAndIsNotToBeAskedForAgain() {
    String ended = STARTED.replaceFirst("STARTED", "FAILURE");
    billing.answerJson("POST /task-groups/" + ID + "/cancel", 202, ended);

    HttpResponse<String> cancelled = client.post(SELF + "/cancel", "");

    assertThat(cancelled.statusCode()).isEqualTo(202);
    assertThat(cancelled.headers().firstValue("Retry-After")).isEmpty();
    assertThat(cancelled.body()).endsWith("\"links\":{\"self\":\"" + SELF + "\",\"cancel\":null}}");
  }

  @Test
  void unknownFieldOfATaskIsRefusedByItsPointerBeforeAnybodyIsAsked() {
    String typo = TASK.replaceFirst("}}", "}, \"prioriti\": 1}");

    HttpResponse<String> refused =
        client.post("/api/v1/task-groups", "{\"tasks\": [" + TASK + ", " + typo + "]}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/tasks/1/prioriti\"");
    assertThat(billing.received()).isEmpty();
  }

  private Map<String, Object> fields(String text) throws IOException {
    return Objects.requireNonNull(json.readValue(text, Argument.mapOf(String.class, Object.class)));
  }
}
