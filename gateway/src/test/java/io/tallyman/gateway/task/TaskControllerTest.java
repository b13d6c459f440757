package io.tallyman.gateway.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@MicronautTest
final class TaskControllerTest extends GatewayTest {
  private static final String ID = "0197a3c2-6f00-7000-8000-000000000001";
  private static final String SELF = "/api/v1/tasks/" + ID;
  private static final String ENDED = sample("billing-service", "task");
  private static final String WAITING =
      ENDED
          .replace("SUCCESS", "PENDING")
          .replaceAll("(?s)\"result\": \\{.*?}],.*?}", "\"result\": null");

  @Inject Client client;

  @Test
  void acceptedTaskIsAnsweredWithItsPlaceAndWhenToAskForIt() {
    billing.answerJson("POST /tasks", 202, WAITING);

    HttpResponse<String> accepted =
        client.post("/api/v1/tasks", "{\"task\": \"billing.sheet\", \"parameters\": {\"a\": [1]}}");

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Location")).hasValue(SELF);
    assertThat(accepted.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(billing.received().getFirst().text())
        .contains("\"task\":\"billing.sheet\"", "\"parameters\":{\"a\":[1]}");
  }

  @Test
  void waitingTaskCanBeCancelledAndHasNoSheet() {
    billing.answerJson("GET /tasks/" + ID, 200, WAITING);

    HttpResponse<String> shown = client.get(SELF);

    assertThat(shown.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(shown.body())
        .endsWith(
            "\"links\":{\"self\":\"%s\",\"events\":\"%s/events\",\"cancel\":\"%s/cancel\",\"sheet\":null}}"
                .formatted(SELF, SELF, SELF));
  }

  @Test
  void endedTaskLinksToItsSheetAndIsNotToBeAskedForAgain() {
    billing.answerJson("GET /tasks/" + ID, 200, ENDED);

    HttpResponse<String> shown = client.get(SELF);

    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.headers().firstValue("Retry-After")).isEmpty();
    assertThat(shown.body())
        .endsWith(
            "\"links\":{\"self\":\"%s\",\"events\":\"%s/events\",\"cancel\":null,\"sheet\":\"%s\"}}"
                .formatted(SELF, SELF, "/api/v1/sheets/0197a3c2-7a00-7000-8000-000000000002"));
  }

  @Test
  void importLinksToTheSheetOfItsRefusedRows() {
    billing.answerJson("GET /tasks/" + ID, 200, ENDED.replace("sheet_id", "error_sheet_id"));

    assertThat(client.get(SELF).body())
        .contains("\"sheet\":\"/api/v1/sheets/0197a3c2-7a00-7000-8000-000000000002\"");
  }

  @Test
  void fieldOfANewerReleaseIsLeftOut() {
    billing.answerJson("GET /tasks/" + ID, 200, ENDED);
    String known = client.get(SELF).body();
    billing.answerJson(
        "GET /tasks/" + ID, 200, ENDED.replaceFirst("\\{", "{\"added_later\": {\"a\": [1]}, "));

    assertThat(client.get(SELF).body()).isEqualTo(known);
  }

  @Test
  void reasonOfANewerReleaseIsPassedOn() {
    String events = sample("billing-service", "task-events");
    billing.answerJson(
        "GET /tasks/" + ID + "/events", 200, events.replace("worker-lost", "moon-phase"));

    assertThat(client.get(SELF + "/events").body()).contains("\"reason\":\"moon-phase\"");
  }

  /**
   * The API promises these statuses. Before a service sends another status, the gateway must be
   * updated.
   */
  @Test
  void statusOfANewerReleaseIsNoAnswerThatMakesSense() {
    billing.answerJson("GET /tasks/" + ID, 200, ENDED.replace("SUCCESS", "SUSPENDED"));

    HttpResponse<String> shown = client.get(SELF);

    assertThat(shown.statusCode()).isEqualTo(502);
    assertThat(shown.body()).contains("urn:tallyman:problem:");
  }

  @Test
  void cancelIsPassedOn() {
    billing.answerJson("POST /tasks/" + ID + "/cancel", 202, ENDED.replace("SUCCESS", "REVOKED"));

    HttpResponse<String> cancelled = client.post(SELF + "/cancel", "");

    assertThat(cancelled.statusCode()).isEqualTo(202);
    assertThat(cancelled.body()).contains("\"status\":\"REVOKED\"");
  }

  @Test
  void retryIsPassedOn() {
    billing.answerJson("POST /tasks/" + ID + "/retry", 202, WAITING);

    HttpResponse<String> retried = client.post(SELF + "/retry", "");

    assertThat(retried.statusCode()).isEqualTo(202);
    assertThat(retried.headers().firstValue("Location")).hasValue(SELF);
  }

  @Test
  void eventsOfAnUnknownTaskAreRefusedAsBillingServiceRefusesThem() {
    billing.answerProblem("GET /tasks/" + ID + "/events", 404, "unknown-task-id");

    HttpResponse<String> refused = client.get(SELF + "/events");

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body()).contains("urn:tallyman:problem:unknown-task-id", SELF + "/events");
  }

  @Test
  void unknownFieldIsRefusedBeforeAnybodyIsAsked() {
    HttpResponse<String> refused =
        client.post("/api/v1/tasks", "{\"task\": \"a\", \"parameters\": {}, \"prioriti\": 1}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/prioriti\"");
    assertThat(billing.received()).isEmpty();
  }

  @Test
  void unknownQueryParameterIsRefusedBeforeAnybodyIsAsked() {
    HttpResponse<String> refused = client.get(SELF + "?wait=25");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"?wait\"");
    assertThat(billing.received()).isEmpty();
  }

  @Test
  void jsonBodyOfMoreThanOneMebibyteIsRefused() {
    String body = "{\"task\": \"" + "a".repeat(1 << 20) + "\", \"parameters\": {}}";

    HttpResponse<String> refused = client.post("/api/v1/tasks", body);

    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(billing.received()).isEmpty();
  }
}
