package io.tallyman.e2e.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The history of a task, from its events. */
record History(List<JsonNode> events) {
  /** The allowed changes of status. */
  private static final Map<String, Set<String>> MOVES =
      Map.of(
          "PENDING", Set.of("STARTED", "FAILURE", "REVOKED"),
          "STARTED", Set.of("SUCCESS", "RETRY", "PENDING", "FAILURE", "REVOKED"),
          "RETRY", Set.of("STARTED", "FAILURE", "REVOKED"));

  static History told(JsonNode body) {
    return new History(body.path("data").valueStream().toList());
  }

  /** The faults in the history of a task with this end; empty if there are none. */
  List<String> faults(String end) {
    List<String> faults = new ArrayList<>();
    String before = "";
    int attempt = 0;
    for (int index = 0; index < events.size(); index++) {
      JsonNode event = events.get(index);
      String status = status(event);
      int number = event.get("attempt").asInt();
      if (event.get("seq").asInt() != index + 1) {
        faults.add("event " + (index + 1) + " has another number");
      }
      boolean allowed =
          index == 0
              ? status.equals("PENDING")
              : MOVES.getOrDefault(before, Set.of()).contains(status);
      if (!allowed) {
        faults.add("went from " + before + " to " + status);
      }
      if (number != (status.equals("STARTED") ? attempt + 1 : attempt)) {
        faults.add(status + " has attempt " + number + " after " + attempt);
      }
      attempt = number;
      before = status;
    }
    if (!before.equals(end)) {
      faults.add("is " + end + ", and its last event is " + before);
    }
    return faults;
  }

  /** The status before the end. */
  String lastButOne() {
    return events.size() < 2 ? "" : status(events.get(events.size() - 2));
  }

  /** The reasons why its attempts were given up. */
  List<String> setbacks() {
    return events.stream()
        .filter(event -> status(event).equals("RETRY"))
        .map(event -> event.get("reason").asString())
        .toList();
  }

  private static String status(JsonNode event) {
    return event.get("status").asString();
  }
}
