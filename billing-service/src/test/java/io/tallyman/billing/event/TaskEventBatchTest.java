package io.tallyman.billing.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What gateways read to tell clients of every event: batches, and what happened lately. */
final class TaskEventBatchTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void eventsAfterTheWantedOneAreToldWithTheTask() {
    UUID ended = worker.submit();
    worker.claim(ended);
    worker.done(ended, 1);
    UUID waiting = worker.submit(TestWorker.notDue());

    List<JsonNode> found = read(wanted(ended, 1), wanted(waiting, 0), wanted(UUID.randomUUID(), 0));

    assertThat(found).hasSize(2);
    JsonNode first = found.stream().filter(each -> isOf(each, ended)).findFirst().orElseThrow();
    JsonNode second = found.stream().filter(each -> isOf(each, waiting)).findFirst().orElseThrow();
    assertThat(seqs(first)).containsExactly(2, 3);
    assertThat(seqs(second)).containsExactly(1);
    assertThat(first.get("task")).isEqualTo(worker.task(ended).json());
    assertThat(second.get("task")).isEqualTo(worker.task(waiting).json());
    assertThat(worker.task(ended).text("seq")).isEqualTo("3");
  }

  @Test
  void taskWithoutNewEventsIsToldWithoutEvents() {
    UUID id = worker.submit();

    assertThat(seqs(read(wanted(id, 1)).getFirst())).isEmpty();
  }

  @Test
  void firstEventsOfATaskWithVeryManyAreToldFirst() {
    UUID id = worker.submit();
    for (int attempt = 1; attempt <= 26; attempt++) {
      worker.claim(id);
      worker.outcome(id, attempt, TestWorker.RELEASED);
    }

    assertThat(seqs(read(wanted(id, 0)).getFirst())).hasSize(50).startsWith(1).endsWith(50);
    assertThat(seqs(read(wanted(id, 50)).getFirst())).containsExactly(51, 52, 53);
  }

  @Test
  void atMostTwoHundredTasksAreReadAtOnce() {
    assertThat(answer(Collections.nCopies(200, wanted(UUID.randomUUID(), 0))).status())
        .isEqualTo(200);
    assertThat(answer(Collections.nCopies(201, wanted(UUID.randomUUID(), 0))).status())
        .isEqualTo(422);
  }

  @Test
  void recentEventsAreThoseSinceATime() {
    UUID before = worker.submit();
    String since = recent("").text("now");
    UUID first = worker.submit();
    UUID second = worker.submit();
    worker.cancel(first);
    worker.cancel(before);

    Answer told = recent("?since=" + since);

    assertThat(requireNonNull(told.json().get("data")).values())
        .extracting(
            event ->
                requireNonNull(event.get("task_id")).getStringValue()
                    + ' '
                    + requireNonNull(event.get("seq")).getIntValue())
        .containsExactly(first + " 1", second + " 1", first + " 2", before + " 2");
    assertThat(told.text("next")).isEqualTo("null");
    assertThat(Instant.parse(told.text("now"))).isAfter(Instant.parse(since));
  }

  @Test
  void recentEventsAreReadInParts() {
    String since = recent("").text("now");
    UUID id = worker.submit();
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO task_event (task_id, seq, at, status, attempt)
                    SELECT ?, seq, now() + seq * interval '1 ms', 'RETRY', 1
                    FROM generate_series(2, 5001) AS seq
                    """,
                    id));

    Answer first = recent("?since=" + since);
    Answer rest = recent("?since=" + first.text("next"));

    assertThat(requireNonNull(first.json().get("data")).size()).isEqualTo(5_000);
    assertThat(requireNonNull(rest.json().get("data")).size()).isEqualTo(2);
    assertThat(rest.text("next")).isEqualTo("null");
  }

  @Test
  void withoutATimeOnlyTheTimeIsTold() {
    worker.submit();

    assertThat(requireNonNull(recent("").json().get("data")).size()).isZero();
    assertThat(recent("?since=tomorrow").status()).isEqualTo(422);
  }

  private static Answer recent(String query) {
    return SERVICE.get("/internal/recent-events" + query);
  }

  private static String wanted(UUID id, int after) {
    return "{\"task_id\": \"%s\", \"after\": %d}".formatted(id, after);
  }

  private static List<JsonNode> read(String... wanted) {
    List<JsonNode> found = new ArrayList<>();
    requireNonNull(answer(List.of(wanted)).json().get("data")).values().forEach(found::add);
    return found;
  }

  private static Answer answer(List<String> wanted) {
    return SERVICE.post(
        "/internal/task-event-batches", "{\"tasks\": [" + String.join(", ", wanted) + "]}");
  }

  private static boolean isOf(JsonNode changed, UUID task) {
    JsonNode id = requireNonNull(changed.get("task")).get("task_id");
    return requireNonNull(id).getStringValue().equals(task.toString());
  }

  private static List<Integer> seqs(JsonNode changed) {
    List<Integer> seqs = new ArrayList<>();
    for (JsonNode event : requireNonNull(changed.get("events")).values()) {
      seqs.add(requireNonNull(event.get("seq")).getIntValue());
    }
    return seqs;
  }
}
