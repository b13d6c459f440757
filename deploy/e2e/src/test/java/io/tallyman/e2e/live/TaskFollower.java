package io.tallyman.e2e.live;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.live.EventStream.Event;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * A client that follows one task after the other over one transport. After each disconnect it
 * connects again, as docs/live.md says, and resumes. It tolerates no gap and no double. Not
 * thread-safe.
 */
public final class TaskFollower {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final Set<String> ENDS = Set.of("SUCCESS", "FAILURE", "REVOKED");

  private final HttpClient client;
  private final Gateway gateway;
  private final Transport transport;
  private final Duration patience;
  private final Map<String, Integer> disconnects = new ConcurrentSkipListMap<>();

  /** How a client gets events. */
  public enum Transport {
    WEB_SOCKET,
    SERVER_SENT_EVENTS
  }

  /**
   * @param client a client that others may use too
   * @param patience the longest time for one task
   */
  public TaskFollower(HttpClient client, Gateway gateway, Transport transport, Duration patience) {
    this.client = client;
    this.gateway = gateway;
    this.transport = transport;
    this.patience = patience;
  }

  /** How often connections ended early, by the reason. */
  public Map<String, Integer> disconnects() {
    return disconnects;
  }

  /**
   * Returns all events of the task, in the order in which they came, when the task has ended.
   * Progress is not among them.
   *
   * @throws AssertionError if an event came twice, or was left out, or the patience is over
   */
  public List<JsonNode> follow(String task) {
    List<JsonNode> events = new ArrayList<>();
    Instant deadline = Instant.now().plus(patience);
    while (!hasEnded(events)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(
            "%s: no end of task %s over %s; disconnects %s; the events are %s"
                .formatted(patience, task, transport, disconnects, events));
      }
      disconnects.merge(followOnce(task, events), 1, Integer::sum);
    }
    return events;
  }

  /** Returns why the connection ended. */
  private String followOnce(String task, List<JsonNode> events) {
    try {
      return switch (transport) {
        case WEB_SOCKET -> overWebSocket(task, events);
        case SERVER_SENT_EVENTS -> overServerSentEvents(task, events);
      };
    } catch (IOException | RuntimeException lost) {
      pause(Duration.ofSeconds(1));
      return "no connection";
    }
  }

  private String overServerSentEvents(String task, List<JsonNode> events) throws IOException {
    String path = "/api/v1/tasks/" + task + "/events";
    try (EventStream stream = EventStream.open(gateway, path, events.size())) {
      if (stream.status() != 200) {
        pause(Duration.ofSeconds(1));
        return "status " + stream.status();
      }
      for (Optional<Event> next = stream.next(); next.isPresent(); next = stream.next()) {
        add(next.get().data(), events);
      }
      return "end of stream";
    }
  }

  private String overWebSocket(String task, List<JsonNode> events) {
    try (LiveSocket socket = LiveSocket.open(client, gateway)) {
      socket.follow(Map.of(task, events.size()));
      while (!hasEnded(events)) {
        switch (socket.take(LONGEST_SILENCE)) {
          case LiveSocket.Ended(String reason) -> {
            pause(Duration.ofSeconds(2));
            return reason;
          }
          case LiveSocket.Frame(JsonNode frame) when frame.has("problem") -> {
            pause(Duration.ofSeconds(1));
            return frame.at("/problem/type").asString();
          }
          case LiveSocket.Frame(JsonNode frame) when frame.has("event") ->
              add(frame.get("event"), events);
          case LiveSocket.Frame _ -> {}
        }
      }
      return "end of task";
    }
  }

  private static boolean hasEnded(List<JsonNode> events) {
    return !events.isEmpty() && ENDS.contains(events.getLast().get("status").asString());
  }

  private static void add(JsonNode event, List<JsonNode> events) {
    if (!event.has("seq")) {
      return;
    }
    if (event.get("seq").asInt() != events.size() + 1) {
      throw new AssertionError("After %d events came %s".formatted(events.size(), event));
    }
    events.add(event);
  }

  /** A random time, so that not all clients come back at once. */
  private static void pause(Duration most) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most.toNanos()));
  }
}
