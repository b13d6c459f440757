package io.tallyman.e2e.live;

import io.tallyman.e2e.live.LiveSocket.Ended;
import io.tallyman.e2e.live.LiveSocket.Frame;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** A client that follows some tasks over one WebSocket, and measures delays. Not thread-safe. */
final class LoadClient {
  private static final Set<String> ENDS = Set.of("SUCCESS", "FAILURE", "REVOKED");

  private final HttpClient http;
  private final URI gateway;
  private final Duration patience;
  private final Map<String, Integer> running = new HashMap<>();
  private final List<Long> delays = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int ends;

  LoadClient(HttpClient http, URI gateway, Duration patience) {
    this.http = http;
    this.gateway = gateway;
    this.patience = patience;
  }

  /**
   * Follows the tasks to their ends, or until the patience is over.
   *
   * @param pause the time after each frame in which the client reads nothing
   */
  void follow(List<String> tasks, Duration pause) {
    tasks.forEach(task -> running.put(task, 0));
    Instant deadline = Instant.now().plus(patience);
    while (!running.isEmpty() && Instant.now().isBefore(deadline)) {
      try (LiveSocket socket = LiveSocket.open(http, gateway)) {
        socket.follow(running);
        read(socket, Instant.now(), pause);
      } catch (CompletionException refused) {
        sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(1_000)));
      }
    }
  }

  /** The number of tasks whose end it got. */
  int ends() {
    return ends;
  }

  /** From the commit of each event until the frame came, in milliseconds. */
  List<Long> delays() {
    return delays;
  }

  /** Events that came twice or were left out, and tasks without an end. */
  List<String> faults() {
    running.keySet().forEach(task -> faults.add("no end of " + task));
    running.clear();
    return faults;
  }

  private void read(LiveSocket socket, Instant subscribed, Duration pause) {
    while (!running.isEmpty()) {
      switch (socket.take()) {
        case Ended _ -> {
          return;
        }
        case Frame(JsonNode frame) when frame.has("problem") -> {
          sleep(Duration.ofSeconds(1));
          return;
        }
        case Frame(JsonNode frame) when frame.at("/event/seq").isNumber() ->
            add(frame.get("event"), subscribed);
        case Frame _ -> {}
      }
      sleep(pause);
    }
  }

  private void add(JsonNode event, Instant subscribed) {
    String task = event.get("task_id").asString();
    int seq = event.get("seq").asInt();
    if (!running.containsKey(task) || running.get(task) + 1 != seq) {
      faults.add("after event %s of %s came %d".formatted(running.get(task), task, seq));
      return;
    }
    running.put(task, seq);
    Instant at = Instant.parse(event.get("at").asString());
    if (at.isAfter(subscribed)) {
      delays.add(Duration.between(at, Instant.now()).toMillis());
    }
    if (ENDS.contains(event.get("status").asString())) {
      running.remove(task);
      ends++;
    }
  }

  private static void sleep(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
