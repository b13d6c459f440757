package io.tallyman.gateway.live;

import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tasks and events of the fake billing-service, which change when a test says so. */
public final class StandInEvents {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final String TASK = GatewayTest.sample("billing-service", "task");
  private static final String SAMPLE_ID = "0197a3c2-6f00-7000-8000-000000000001";
  private static final Pattern WANTED =
      Pattern.compile("\"task_id\":\"([^\"]+)\",\"after\":([0-9]+)");

  private final FakeService service;
  private final Map<UUID, List<String>> statuses = new ConcurrentHashMap<>();
  private final List<UUID> order = new CopyOnWriteArrayList<>();
  private volatile boolean lateEvents = true;

  public StandInEvents(FakeService service) {
    this.service = service;
    answerAgain();
  }

  /** Answers all reads, after the service had forgotten its answers. */
  public void answerAgain() {
    service.answer("POST /internal/task-event-batches", this::found);
    service.answer("GET /internal/recent-events", _ -> recent());
    service.answer("GET /tasks", _ -> list());
  }

  /** A new task with these statuses in turn. */
  public UUID task(String... of) {
    UUID id = UUID.randomUUID();
    order.addFirst(id);
    statuses.put(id, new CopyOnWriteArrayList<>(of));
    show(id);
    return id;
  }

  /** The next event of a task; returns its seq. */
  public int become(UUID id, String status) {
    List<String> all = statuses.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>());
    all.add(status);
    show(id);
    return all.size();
  }

  /** Whether the read of recent events finds events. */
  public void tellLateEvents(boolean told) {
    lateEvents = told;
  }

  /** Makes tasks a group. */
  public void group(UUID id, UUID... of) {
    service.answer(
        "GET /task-groups/" + id,
        _ ->
            "{\"group_id\": \"%s\", \"status\": \"STARTED\", \"counts\": {}, \"created_at\": \"%s\", \"tasks\": [%s]}"
                .formatted(
                    id,
                    BEGIN,
                    List.of(of).stream().map(this::json).collect(Collectors.joining(","))));
  }

  private void show(UUID id) {
    service.answer("GET /tasks/" + id, _ -> json(id));
  }

  private String list() {
    return "{\"data\": [%s], \"next_cursor\": null}"
        .formatted(
            order.stream()
                .filter(id -> last(id).equals("STARTED"))
                .map(this::json)
                .collect(Collectors.joining(",")));
  }

  private String found(String wanted) {
    return "{\"data\": ["
        + WANTED
            .matcher(wanted.replace(" ", ""))
            .results()
            .filter(match -> statuses.containsKey(UUID.fromString(match.group(1))))
            .map(this::changed)
            .collect(Collectors.joining(","))
        + "]}";
  }

  private String changed(MatchResult wanted) {
    UUID id = UUID.fromString(wanted.group(1));
    int after = Integer.parseInt(wanted.group(2));
    List<String> events = new ArrayList<>();
    List<String> all = List.copyOf(statuses.getOrDefault(id, List.of()));
    for (int seq = 1; seq <= all.size(); seq++) {
      if (seq > after) {
        events.add(
            "{\"seq\": %d, \"at\": \"%s\", \"status\": \"%s\", \"attempt\": 1, \"worker_id\": null, \"reason\": null}"
                .formatted(seq, BEGIN.plusSeconds(seq), all.get(seq - 1)));
      }
    }
    return "{\"task\": %s, \"events\": [%s]}".formatted(json(id), String.join(",", events));
  }

  private String recent() {
    String data =
        order.stream()
            .filter(_ -> lateEvents)
            .map(
                id ->
                    "{\"task_id\": \"%s\", \"seq\": %d}"
                        .formatted(id, statuses.getOrDefault(id, List.of()).size()))
            .collect(Collectors.joining(","));
    return "{\"data\": [%s], \"now\": \"%s\", \"next\": null}".formatted(data, BEGIN);
  }

  private String last(UUID id) {
    return statuses.getOrDefault(id, List.of("PENDING")).getLast();
  }

  private String json(UUID id) {
    return TASK.replace(SAMPLE_ID, id.toString())
        .replace("SUCCESS", last(id))
        .replace("\"seq\": 3", "\"seq\": " + statuses.getOrDefault(id, List.of()).size());
  }
}
