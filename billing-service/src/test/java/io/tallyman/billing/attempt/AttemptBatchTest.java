package io.tallyman.billing.attempt;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Claims, outcomes and heartbeats of many attempts in one call. */
final class AttemptBatchTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID first = worker.submit();
  private final UUID second = worker.submit();
  private final UUID unknown = UUID.randomUUID();

  @Test
  void eachClaimIsAnsweredByItself() {
    worker.cancel(second);
    UUID claimId = UUID.randomUUID();

    Answer answer = claim(claimId, second, unknown, first);

    assertThat(statuses(answer)).containsExactly(409, 404, 200);
    assertThat(worker.status(first)).isEqualTo("STARTED");
    assertThat(claimed(claim(claimId, second, unknown, first)).get("sheet_file"))
        .isEqualTo(claimed(answer).get("sheet_file"));
  }

  @Test
  void smallSheetsComeWithTheirRows() {
    JsonNode claimed = claimed(claim(UUID.randomUUID(), second, unknown, first));

    JsonNode input = requireNonNull(claimed.get("input"));
    assertThat(requireNonNull(input.get("rows")).size()).isZero();
    assertThat(Instant.parse(requireNonNull(input.get("snapshot_at")).getStringValue()))
        .isCloseTo(Instant.now(), within(Duration.ofMinutes(5)));
  }

  /** The claims stand. Each attempt reads for itself, and waits for itself. */
  @Test
  void rowsThatCannotBeReadSoonAreLeftOut() {
    try (Handle hold = SERVICE.jdbi().open()) {
      hold.begin();
      hold.execute("LOCK TABLE billing IN ACCESS EXCLUSIVE MODE");

      // Less than the lease, which has begun.
      Answer answer =
          assertTimeout(
              Duration.ofSeconds(10), () -> claim(UUID.randomUUID(), unknown, second, first));

      assertThat(statuses(answer)).containsExactly(404, 200, 200);
      assertThat(requireNonNull(claimed(answer).get("input")).isNull()).isTrue();
      hold.rollback();
    }
  }

  @Test
  void eachOutcomeIsAnsweredByItself() {
    worker.claim(first);
    worker.claim(second);
    worker.cancel(second);

    Answer answer = outcome(second, unknown, first);

    assertThat(statuses(answer)).containsExactly(409, 404, 200);
    assertThat(elements(answer, "answers").getFirst().get("problem"))
        .extracting(problem -> problem.get("request_id"))
        .isEqualTo(JsonNode.createStringNode("a-request"));
    assertThat(worker.status(first)).isEqualTo("PENDING");
    assertThat(statuses(outcome(second, unknown, first))).containsExactly(409, 404, 200);
  }

  @Test
  void eachHeartbeatHasItsVerdict() {
    worker.claim(first);
    worker.claim(second);
    worker.cancel(second);

    Answer answer = heartbeat(second, unknown, first);

    assertThat(elements(answer, "verdicts"))
        .map(JsonNode::getStringValue)
        .containsExactly("REVOKED", "SUPERSEDED", "CONTINUE");
    assertThat(worker.task(first).text("progress", "done")).isEqualTo("7");
  }

  private static JsonNode claimed(Answer answer) {
    return requireNonNull(elements(answer, "answers").get(2).get("claimed"));
  }

  private static List<Integer> statuses(Answer answer) {
    return elements(answer, "answers").stream()
        .map(each -> requireNonNull(each.get("status")).getIntValue())
        .toList();
  }

  private static List<JsonNode> elements(Answer answer, String name) {
    List<JsonNode> elements = new ArrayList<>();
    requireNonNull(answer.json().get(name)).values().forEach(elements::add);
    return elements;
  }

  private Answer claim(UUID claimId, UUID... tasks) {
    return service(
        "/internal/claims",
        "{\"worker_id\": \"worker-1\", \"claims\": [%s]}",
        "{\"task_id\": \"%s\", \"claim_id\": \"" + claimId + "\", \"dispatch_no\": 0}",
        tasks);
  }

  private Answer outcome(UUID... tasks) {
    return service(
        "/internal/outcomes",
        "{\"outcomes\": [%s]}",
        "{\"task_id\": \"%s\", \"attempt\": 1, \"request_id\": \"a-request\", \"outcome\": "
            + TestWorker.RELEASED
            + "}",
        tasks);
  }

  private Answer heartbeat(UUID... tasks) {
    return service(
        "/internal/heartbeats",
        "{\"heartbeats\": [%s]}",
        "{\"task_id\": \"%s\", \"attempt\": 1, \"progress\": "
            + "{\"phase\": \"writing\", \"unit\": \"rows\", \"done\": 7, \"total\": null}}",
        tasks);
  }

  private Answer service(String path, String body, String item, UUID... tasks) {
    String items = Stream.of(tasks).map(item::formatted).collect(joining(", "));
    return SERVICE.post(path, body.formatted(items));
  }
}
