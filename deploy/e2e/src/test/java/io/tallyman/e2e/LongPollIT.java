package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnAnyStack
@OnSharedStack
final class LongPollIT {
  private static final Map<String, ?> EMPTY_DAY = Map.of("billing_date", "1999-12-30");

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @Test
  void oneRequestIsAnsweredWithTheEndOfTheTaskAndItsEventsSayHow() {
    String id = gateway.submit("billing.sheet", EMPTY_DAY);

    Gateway.Answer answer = gateway.longPoll(id, 30);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
    assertThat(answer.body().get("status").asString()).isEqualTo("SUCCESS");
    JsonNode events = gateway.get(answer.body().at("/links/events").asString()).body().get("data");
    assertThat(events.get(0).get("status").asString()).isEqualTo("PENDING");
    assertThat(events.get(events.size() - 1).get("status").asString()).isEqualTo("SUCCESS");
    assertThat(events.get(events.size() - 1).get("seq").asInt()).isEqualTo(events.size());
  }

  @Test
  void submissionCanWaitForTheEndOfItsTask() {
    Gateway.Answer answer =
        gateway.answer(
            gateway
                .request("/api/v1/tasks")
                .header("Prefer", "wait=30")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"task": "billing.sheet", "parameters": {"billing_date": "1999-12-30"}}
                        """)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
    assertThat(answer.body().get("status").asString()).isEqualTo("SUCCESS");
    assertThat(answer.header("Location")).isEqualTo(answer.body().at("/links/self").asString());
    assertThat(gateway.get(answer.header("Location")).body()).isEqualTo(answer.body());
  }

  @Test
  void hintsTellOfAnEndLongBeforeAnybodyLooksForIt() {
    // Without hints, only the regular read every five seconds would find each end.
    assertTimeout(
        Duration.ofSeconds(25),
        () -> {
          for (int task = 0; task < 20; task++) {
            String id = gateway.submit("billing.sheet", EMPTY_DAY);
            JsonNode ended = gateway.longPoll(id, 30).body();
            assertThat(ended.get("status").asString()).isEqualTo("SUCCESS");
          }
        });
  }

  @Test
  void cancellingATaskAnswersWhoeverWaitsForIt() {
    Map<String, ?> later =
        Map.of("task", "billing.sheet", "parameters", EMPTY_DAY, "eta", Moment.later());
    String id = gateway.post("/api/v1/tasks", later).body().get("task_id").asString();
    CompletableFuture<Gateway.Answer> answer =
        CompletableFuture.supplyAsync(() -> gateway.longPoll(id, 30));

    gateway.post("/api/v1/tasks/" + id + "/cancel", Map.of());

    assertThat(answer.join().body().get("status").asString()).isEqualTo("REVOKED");
  }
}
