package io.tallyman.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.e2e.chaos.Ledger.Cancelled;
import io.tallyman.e2e.chaos.Ledger.Entry;
import io.tallyman.e2e.chaos.Promise.Imported;
import io.tallyman.e2e.chaos.Promise.TakenBack;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A client that never gives up: it repeats its request with one key until it gets an answer. */
final class Submitter {
  private static final int TOO_MANY = 429;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration BETWEEN = Duration.ofMillis(300);

  /** So that the task has not ended when it is first read. */
  private static final Duration OFTEN = Duration.ofMillis(100);

  private static final Duration SELDOM = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration HASTE = Duration.ofMillis(15);
  private static final Duration LATER = Duration.ofMillis(1_500);
  private static final Set<String> NOT_BEGUN = Set.of("PENDING", "RETRY");

  private final Gateway gateway;
  private final Ledger ledger;

  Submitter(Gateway gateway, Ledger ledger) {
    this.gateway = gateway;
    this.ledger = ledger;
  }

  void submit(Order order) {
    String key = UUID.randomUUID().toString();
    if (order.habit() == Order.Habit.HANGS_UP) {
      attempt(() -> request(order, key).timeout(HASTE));
    }
    List<Entry> entries = ask(order, key);
    switch (order.habit()) {
      case WAITS, HANGS_UP -> {}
      case ASKS_TWICE -> {
        if (!ask(order, key).equals(entries)) {
          throw new AssertionError("Asked twice under " + key + ", and given other tasks.");
        }
      }
      case CANCELS_AT_ONCE -> cancel(entries.getFirst());
      case CANCELS_WHEN_STARTED -> {
        awaitStart(entries.getFirst());
        cancel(entries.getFirst());
      }
      case CANCELS_LATER -> {
        Pause.of(LATER);
        cancel(entries.getFirst());
      }
      case TRIES_AGAIN -> {
        cancel(entries.getFirst());
        post("/api/v1/tasks/" + entries.getFirst().id + "/retry", entries.getFirst().promise);
      }
      case TAKES_BACK -> takeBack(entries.getFirst());
    }
  }

  private List<Entry> ask(Order order, String key) {
    Answer answer = untilAnswered(() -> request(order, key), Set.of(202));
    return ledger.accepted(ids(answer.body()), order.promises());
  }

  private void cancel(Entry entry) {
    entry.cancelled = Cancelled.PERHAPS;
    int[] asked = {0};
    Answer answer =
        untilAnswered(
            () -> {
              asked[0]++;
              return gateway
                  .request("/api/v1/tasks/" + entry.id + "/cancel")
                  .timeout(TIMEOUT)
                  .POST(BodyPublishers.noBody());
            },
            Set.of(202, 409));
    if (answer.status() == 202) {
      entry.cancelled = Cancelled.YES;
    } else if (asked[0] == 1) {
      entry.cancelled = Cancelled.NO;
    }
  }

  private void takeBack(Entry entry) {
    if (entry.promise instanceof Imported(Bills bills)) {
      awaitStatus(entry, SELDOM, "SUCCESS"::equals);
      entry.takenBack = true;
      post("/api/v1/imports/" + entry.id + "/undo", new TakenBack(bills));
    }
  }

  /** Submits a task about another task. A task that has succeeded meanwhile is not retried. */
  private void post(String path, Promise promise) {
    String key = UUID.randomUUID().toString();
    Answer answer =
        untilAnswered(
            () ->
                gateway
                    .request(path)
                    .timeout(TIMEOUT)
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.noBody()),
            Set.of(202, 409));
    if (answer.status() == 202) {
      ledger.accepted(ids(answer.body()), List.of(promise));
    }
  }

  private void awaitStart(Entry entry) {
    awaitStatus(entry, OFTEN, status -> !NOT_BEGUN.contains(status));
  }

  private void awaitStatus(Entry entry, Duration interval, Predicate<String> awaited) {
    await("another status of " + entry.id)
        .atMost(PATIENCE)
        .pollInterval(interval)
        .pollInSameThread()
        .ignoreExceptions()
        .until(
            () -> gateway.get("/api/v1/tasks/" + entry.id).body().path("status").asString(),
            status -> !status.isEmpty() && awaited.test(status));
  }

  private interface Asking {
    HttpRequest.Builder make();
  }

  private Answer untilAnswered(Asking asking, Set<Integer> statuses) {
    return await("an answer")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(BETWEEN)
        .pollInSameThread()
        .until(() -> attempt(asking), answer -> answered(answer, statuses))
        .orElseThrow();
  }

  /**
   * After a 5xx the client tries again. Its uploads wait while a service is paused, so it may also
   * have too many of them (429). Another 4xx is an error of the test.
   */
  private static boolean answered(Optional<Answer> answer, Set<Integer> statuses) {
    if (answer.isEmpty()) {
      return false;
    }
    if (answer.get().status() >= 500 || answer.get().status() == TOO_MANY) {
      String later = answer.get().header("Retry-After");
      assertThat(later).as("Retry-After of %s", answer.get()).matches("[1-9][0-9]*");
      Pause.of(Duration.ofSeconds(Long.parseLong(later)));
      return false;
    }
    if (!statuses.contains(answer.get().status())) {
      throw new AssertionError("Refused: " + answer.get());
    }
    return true;
  }

  private Optional<Answer> attempt(Asking asking) {
    try {
      return tryTo(asking.make());
    } catch (RuntimeException noAddress) {
      ledger.answered("no gateway");
      return Optional.empty();
    }
  }

  private Optional<Answer> tryTo(HttpRequest.Builder request) {
    try {
      Answer answer = gateway.answer(request);
      String slug = answer.body().path("type").asString("");
      ledger.answered((answer.status() + " " + slug.substring(slug.lastIndexOf(':') + 1)).strip());
      if (answer.header("Idempotent-Replayed").equals("true")) {
        ledger.replayed();
      }
      return Optional.of(answer);
    } catch (RuntimeException lost) {
      ledger.answered("none");
      return Optional.empty();
    }
  }

  private HttpRequest.Builder request(Order order, String key) {
    return gateway
        .request(order.path())
        .timeout(TIMEOUT)
        .header("Content-Type", order.type())
        .header("Idempotency-Key", key)
        .POST(BodyPublishers.ofString(order.body()));
  }

  private static List<String> ids(JsonNode answer) {
    return answer.has("tasks")
        ? answer.get("tasks").valueStream().map(Submitter::id).toList()
        : List.of(id(answer));
  }

  private static String id(JsonNode task) {
    return task.get("task_id").asString();
  }
}
