package io.tallyman.gateway.follow;

import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.GatewayTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tasks of the fake billing-service, which end when a test says so. */
public final class StandInTasks {
  private static final String ENDED = GatewayTest.sample("billing-service", "task");
  private static final String SAMPLE_ID = "0197a3c2-6f00-7000-8000-000000000001";
  private static final String BATCHES = "POST /internal/task-batches";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final FakeService service;
  private final Map<UUID, String> statuses = new ConcurrentHashMap<>();

  public StandInTasks(FakeService service) {
    this.service = service;
    service.answer(BATCHES, this::found);
  }

  public UUID waiting() {
    UUID id = UUID.randomUUID();
    become(id, "PENDING");
    return id;
  }

  List<UUID> waiting(int count) {
    List<UUID> ids = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      ids.add(waiting());
    }
    return ids;
  }

  void become(UUID id, String status) {
    statuses.put(id, status);
    service.answerJson("GET /tasks/" + id, 200, json(id, status));
  }

  /** Ends tasks for reads of batches. A read of a single task still gets the old status. */
  void endUnseen(UUID id) {
    statuses.put(id, "SUCCESS");
  }

  public void end(UUID id) {
    become(id, "SUCCESS");
  }

  public int batchReads() {
    return (int) requests().filter(BATCHES::equals).count();
  }

  int looks() {
    return (int) requests().filter(request -> request.startsWith("GET /tasks/")).count();
  }

  /** All ids that were requested in batches, in their order. */
  public List<Set<UUID>> batches() {
    return service.received().stream()
        .filter(each -> each.request().equals(BATCHES))
        .map(each -> Set.copyOf(ids(each.text())))
        .toList();
  }

  private Stream<String> requests() {
    return service.received().stream().map(FakeService.Received::request);
  }

  private String found(String wanted) {
    StringBuilder data = new StringBuilder();
    for (UUID id : ids(wanted)) {
      String status = statuses.get(id);
      if (status != null) {
        data.append(data.isEmpty() ? "" : ",").append(json(id, status));
      }
    }
    return "{\"data\": [" + data + "]}";
  }

  private static List<UUID> ids(String text) {
    return ID.matcher(text).results().map(MatchResult::group).map(UUID::fromString).toList();
  }

  /** A task as billing-service writes it. */
  public static String json(UUID id, String status) {
    return ENDED.replace(SAMPLE_ID, id.toString()).replace("SUCCESS", status);
  }
}
