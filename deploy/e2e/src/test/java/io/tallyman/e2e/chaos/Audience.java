package io.tallyman.e2e.chaos;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.live.TaskFollower;
import io.tallyman.e2e.live.TaskFollower.Transport;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Clients of live events. Each task is followed twice: by a client with WebSockets and by one with
 * SSE. A client follows one task at a time, to its end.
 */
final class Audience {
  private static final int CLIENTS_OF_A_TRANSPORT = 25;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String NO_MORE = "no more";
  private static final List<String> FIELDS =
      List.of("seq", "at", "status", "attempt", "worker_id", "reason");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Transport, BlockingQueue<String>> tasks = new EnumMap<>(Transport.class);
  private final List<TaskFollower> clients = new ArrayList<>();
  private final List<Future<?>> running = new ArrayList<>();
  private final List<Followed> followed = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  private record Followed(Transport transport, String task, List<JsonNode> events) {}

  Audience(Gateway gateway) {
    HttpClient client = HttpClient.newHttpClient();
    for (Transport transport : Transport.values()) {
      BlockingQueue<String> queue = new LinkedBlockingQueue<>();
      tasks.put(transport, queue);
      for (int count = 0; count < CLIENTS_OF_A_TRANSPORT; count++) {
        TaskFollower follower = new TaskFollower(client, gateway, transport, PATIENCE);
        clients.add(follower);
        running.add(threads.submit(() -> follow(follower, transport, queue)));
      }
    }
  }

  /** Lets the next free client of each transport follow this task. */
  void follow(String task) {
    tasks.values().forEach(queue -> queue.add(task));
  }

  /** Waits until all tasks were followed to their ends. */
  void awaitEnd(int expected) throws Exception {
    for (BlockingQueue<String> queue : tasks.values()) {
      for (int count = 0; count < CLIENTS_OF_A_TRANSPORT; count++) {
        queue.add(NO_MORE);
      }
    }
    for (Future<?> client : running) {
      client.get();
    }
    threads.close();
    if (followed.size() + faults.size() != expected * tasks.size()) {
      faults.add("%d of %d tasks were followed".formatted(followed.size(), expected));
    }
  }

  /** The events that clients missed, or got twice, or that differ from those of the API. */
  List<String> faults(Gateway gateway) {
    for (Followed one : followed) {
      List<String> told = events(gateway, one.task());
      List<String> seen = one.events().stream().map(Audience::text).toList();
      if (!seen.equals(told)) {
        faults.add(
            "%s: a client with %s saw %s instead of %s"
                .formatted(one.task(), one.transport(), seen, told));
      }
    }
    return faults;
  }

  String report() {
    Map<String, Integer> disconnects = new TreeMap<>();
    clients.forEach(
        client ->
            client
                .disconnects()
                .forEach((reason, count) -> disconnects.merge(reason, count, Integer::sum)));
    return "%d clients followed %d tasks and saw %d events; %d faults; connections ended by %s"
        .formatted(
            clients.size(),
            followed.size(),
            followed.stream().mapToInt(one -> one.events().size()).sum(),
            faults.size(),
            disconnects);
  }

  private Void follow(TaskFollower client, Transport transport, BlockingQueue<String> queue)
      throws InterruptedException {
    for (String task = queue.take(); !task.equals(NO_MORE); task = queue.take()) {
      try {
        followed.add(new Followed(transport, task, client.follow(task)));
      } catch (AssertionError fault) {
        faults.add(task + " " + fault.getMessage());
      }
    }
    return null;
  }

  /** The part that was broken last may still be starting. */
  private static List<String> events(Gateway gateway, String task) {
    return Awaitility.await("events of " + task)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .ignoreExceptions()
        .until(
            () -> gateway.get("/api/v1/tasks/" + task + "/events"),
            answer -> answer.status() == 200)
        .body()
        .get("data")
        .valueStream()
        .map(Audience::text)
        .toList();
  }

  private static String text(JsonNode event) {
    return FIELDS.stream().map(field -> event.get(field).toString()).toList().toString();
  }
}
