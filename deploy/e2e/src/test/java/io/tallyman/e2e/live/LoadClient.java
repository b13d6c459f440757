package io.tallyman.e2e.live;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.live.LiveSocket.Ended;
import io.tallyman.e2e.live.LiveSocket.Frame;
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
final class LoadClient implements AutoCloseable {
  private static final Set<String> ENDS = Set.of("SUCCESS", "FAILURE", "REVOKED");

  private final HttpClient http;
  private final Gateway gateway;
  private final Instant deadline;
  private final Map<String, Integer> running = new HashMap<>();
  private final List<Long> delays = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private LiveSocket socket;
  private int ends;
  private int connections = 1;

  /** Connects to the gateway. */
  LoadClient(HttpClient http, Gateway gateway, Instant deadline) {
    this.http = http;
    this.gateway = gateway;
    this.deadline = deadline;
    this.socket = LiveSocket.open(http, gateway);
  }

  /** Subscribes to all tasks as well. The frames of this subscription are ignored. */
  void followAll() {
    socket.followAll();
  }

  /**
   * Follows the tasks to their ends, or to the deadline. Connects again if the gateway disconnects
   * it.
   *
   * @param pause is run before the first frame is read
   */
  void follow(List<String> tasks, Runnable pause) {
    tasks.forEach(task -> running.put(task, 0));
    socket.follow(running);
    Instant subscribed = Instant.now();
    pause.run();
    read(subscribed);
    while (!running.isEmpty() && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(
          Duration.ofMillis(ThreadLocalRandom.current().nextLong(1_000)).toNanos());
      connectAgain();
    }
    running.keySet().forEach(task -> faults.add("no end of " + task));
  }

  /** The number of tasks whose end it got. */
  int ends() {
    return ends;
  }

  int connections() {
    return connections;
  }

  /** From the transaction of each event until the frame came, in milliseconds. */
  List<Long> delays() {
    return delays;
  }

  /** Events that came twice or were left out, and tasks without an end. */
  List<String> faults() {
    return faults;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void connectAgain() {
    socket.close();
    try {
      socket = LiveSocket.open(http, gateway);
      connections++;
      socket.follow(running);
      read(Instant.now());
    } catch (CompletionException refused) {
      // The caller tries again.
    }
  }

  /** Returns when the tasks have ended, or when the connection is lost. */
  private void read(Instant subscribed) {
    while (!running.isEmpty()) {
      switch (socket.take(Duration.between(Instant.now(), deadline))) {
        case Ended _ -> {
          return;
        }
        case Frame(JsonNode frame) when frame.has("problem") -> {
          return;
        }
        case Frame(JsonNode frame) when isEvent(frame) -> add(frame.get("event"), subscribed);
        case Frame _ -> {}
      }
    }
  }

  private static boolean isEvent(JsonNode frame) {
    return frame.get("ref").asString().equals(LiveSocket.TASKS)
        && frame.at("/event/seq").isNumber();
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
}
