package io.tallyman.e2e.chaos;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Gateway.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many clients at once. Each client submits its tasks, and then waits for the end of all of them.
 * After a 503 it repeats the request later with the same key, and it never gives up.
 */
final class Crowd {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Set<String> ENDS = Set.of("SUCCESS", "FAILURE", "REVOKED");
  private static final JsonMapper JSON = JsonMapper.shared();

  /** One of this many clients repeats its requests. */
  private static final int ASKS_TWICE = 20;

  private final Gateway gateway;
  private final int clients;
  private final Turnout turnout = new Turnout();

  /**
   * @param promised the expected content of its sheet
   */
  record Wish(String task, Map<String, ?> parameters, Figures promised) {
    private String body() {
      return JSON.writeValueAsString(Map.of("task", task, "parameters", parameters));
    }
  }

  /**
   * @param task the ended task
   */
  record Served(Wish wish, JsonNode task) {}

  Crowd(Gateway gateway, int clients) {
    this.gateway = gateway;
    this.clients = clients;
  }

  Turnout turnout() {
    return turnout;
  }

  /** Returns when all tasks have ended. */
  List<Served> serve(List<Wish> wishes) throws Exception {
    turnout.begin();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Served>>> all = new ArrayList<>();
      for (int number = 0; number < Math.min(clients, wishes.size()); number++) {
        int client = number;
        all.add(threads.submit(() -> serve(client, wishes)));
      }
      List<Served> served = new ArrayList<>();
      for (Future<List<Served>> client : all) {
        served.addAll(client.get());
      }
      turnout.end();
      return served;
    }
  }

  private List<Served> serve(int client, List<Wish> wishes) {
    List<Wish> own =
        IntStream.iterate(client, wish -> wish < wishes.size(), wish -> wish + clients)
            .mapToObj(wishes::get)
            .toList();
    List<String> ids = own.stream().map(wish -> submit(client, wish)).toList();
    return IntStream.range(0, own.size())
        .mapToObj(index -> new Served(own.get(index), awaitEnd(ids.get(index))))
        .toList();
  }

  private String submit(int client, Wish wish) {
    String key = UUID.randomUUID().toString();
    String id = submit(wish, key);
    turnout.accepted();
    if (client % ASKS_TWICE == 0 && !submit(wish, key).equals(id)) {
      throw new AssertionError("Asked twice under " + key + ", and given another task.");
    }
    return id;
  }

  private String submit(Wish wish, String key) {
    HttpRequest.Builder request =
        gateway
            .request("/api/v1/tasks")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(wish.body()));
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      Instant asked = Instant.now();
      Answer answer = untilHeard(request, deadline);
      turnout.answered(Duration.between(asked, Instant.now()), answer);
      if (answer.status() == 202) {
        return answer.body().get("task_id").asString();
      }
      Pause.of(untilLater(answer));
    }
  }

  private JsonNode awaitEnd(String id) {
    HttpRequest.Builder request =
        gateway.request("/api/v1/tasks/" + id).header("Prefer", "wait=30").GET();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      Answer answer = untilHeard(request, deadline);
      if (answer.status() != 200) {
        turnout.waitedInVain(answer);
        Pause.of(untilLater(answer));
      } else if (ENDS.contains(answer.body().get("status").asString())) {
        return answer.body();
      }
    }
  }

  /** A lost answer is a fault, but the client repeats the request. */
  private Answer untilHeard(HttpRequest.Builder request, Instant deadline) {
    while (true) {
      try {
        Answer answer = gateway.answer(request);
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError("Still not served: " + answer);
        }
        return answer;
      } catch (UncheckedIOException lost) {
        turnout.lost(lost);
        if (Instant.now().isAfter(deadline)) {
          throw lost;
        }
        Pause.of(Duration.ofSeconds(1));
      }
    }
  }

  /** A client that is not served now must get a 503 with Retry-After. Any other answer is wrong. */
  private static Duration untilLater(Answer answer) {
    boolean later = answer.status() == 503 || answer.status() == 429;
    if (!later || answer.header("Retry-After").isEmpty()) {
      throw new AssertionError("Not served, and not told to come later: " + answer);
    }
    return Duration.ofSeconds(Long.parseLong(answer.header("Retry-After")));
  }
}
