package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Many WebSocket clients on one gateway follow tasks. Some of them read slowly, and other sockets
 * follow all tasks and are never read. No client misses the end of a task.
 *
 * <p>The full load runs by hand, in the root of the repository:
 *
 * <pre>{@code
 * mvn -Dquick -Punder-fire -Dit.test=LiveLoadIT verify
 * }</pre>
 */
final class LiveLoadIT {
  private static final int CLIENTS = Integer.getInteger("tallyman.live.clients", 100);
  private static final int TASKS_OF_A_CLIENT = Integer.getInteger("tallyman.live.tasks", 5);
  private static final int SLOW_CLIENTS = Math.max(1, CLIENTS / 20);
  private static final int UNREAD_SOCKETS = Math.max(1, CLIENTS / 40);
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int OUTBOX_BYTES = 65_536;

  /** No frame is counted with fewer than 100 bytes. */
  private static final int MOST_FRAMES_OF_AN_OUTBOX = OUTBOX_BYTES / 100;

  /** The heap of the gateway is 256 MiB. */
  private static final long MOST_LIVE_BYTES = 160L << 20;

  @AutoClose
  private static final TallymanStack STACK =
      OwnStack.start(
          Layout.ofWorkers(2),
          Map.of(
              "TALLYMAN_LIVE_MAX_SESSIONS_PER_ADDRESS", Integer.toString(2 * CLIENTS),
              "TALLYMAN_LIVE_OUTBOX_BYTES", Integer.toString(OUTBOX_BYTES)));

  private final Gateway gateway = new Gateway(STACK::gateway);
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void noClientMissesAnEndAndSlowClientsDelayNobody() throws Exception {
    List<WebSocketWire> unread = new ArrayList<>();
    for (int count = 0; count < UNREAD_SOCKETS; count++) {
      unread.add(WebSocketWire.open(STACK.gateway()));
      unread.getLast().send("{\"type\": \"subscribe\", \"ref\": \"all\", \"filter\": {}}");
    }
    List<LoadClient> clients =
        Stream.generate(() -> new LoadClient(http, STACK.gateway(), PATIENCE))
            .limit(CLIENTS)
            .toList();

    long most = follow(clients);

    List<LoadClient> slow = clients.subList(0, SLOW_CLIENTS);
    List<LoadClient> others = clients.subList(SLOW_CLIENTS, CLIENTS);
    Delays slowDelays = Delays.of(slow);
    Delays otherDelays = Delays.of(others);
    LiveObjects left = LiveObjects.ofGateway(STACK);
    System.out.printf(
        "%d clients, %d tasks; commit to frame: %s; the %d slow clients: %s%n"
            + "most live bytes %d MiB; left %d sessions, %d frames%n",
        CLIENTS,
        CLIENTS * TASKS_OF_A_CLIENT,
        otherDelays,
        SLOW_CLIENTS,
        slowDelays,
        most >> 20,
        left.sessions(),
        left.frames());
    assertThat(clients).allSatisfy(client -> assertThat(client.faults()).isEmpty());
    assertThat(clients.stream().mapToInt(LoadClient::ends).sum())
        .isEqualTo(CLIENTS * TASKS_OF_A_CLIENT);
    assertThat(otherDelays.median()).isLessThan(slowDelays.median());
    assertThat(most).isLessThan(MOST_LIVE_BYTES);
    assertThat(left.sessions()).isLessThanOrEqualTo(UNREAD_SOCKETS);
    assertThat(left.frames()).isLessThanOrEqualTo(UNREAD_SOCKETS * MOST_FRAMES_OF_AN_OUTBOX);
    assertThat(STACK.log("gateway")).doesNotContain("OutOfMemoryError", " ERROR ");
    for (WebSocketWire socket : unread) {
      socket.close();
    }
  }

  /** Returns the largest size of the gateway's heap after a garbage collection. */
  private long follow(List<LoadClient> clients) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> following = new ArrayList<>();
      for (int number = 0; number < clients.size(); number++) {
        LoadClient client = clients.get(number);
        Duration pause = number < SLOW_CLIENTS ? Duration.ofMillis(400) : Duration.ZERO;
        following.add(
            threads.submit(
                () -> {
                  client.follow(submit(), pause);
                  return null;
                }));
      }
      long most = 0;
      while (!following.stream().allMatch(Future::isDone)) {
        most = Math.max(most, LiveObjects.ofGateway(STACK).bytes());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
      }
      for (Future<?> one : following) {
        one.get();
      }
      return most;
    }
  }

  /** Submits the tasks of a client as a group. */
  private List<String> submit() {
    Map<String, ?> task =
        Map.of("task", "billing.sheet", "parameters", Map.of("billing_date", "2009-01-05"));
    Map<String, ?> group = Map.of("tasks", Collections.nCopies(TASKS_OF_A_CLIENT, task));
    Answer answer = gateway.post("/api/v1/task-groups", group);
    while (answer.status() == 503) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      answer = gateway.post("/api/v1/task-groups", group);
    }
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
    return answer
        .body()
        .get("tasks")
        .valueStream()
        .map((JsonNode one) -> one.get("task_id").asString())
        .toList();
  }

  /** Times from the commit of an event until a client had it, in milliseconds. */
  private record Delays(List<Long> sorted) {
    static Delays of(List<LoadClient> clients) {
      return new Delays(
          clients.stream().flatMap(client -> client.delays().stream()).sorted().toList());
    }

    long median() {
      return sorted.get(sorted.size() / 2);
    }

    @Override
    public String toString() {
      return "p50 %d ms, p99 %d ms of %d events"
          .formatted(median(), sorted.get(sorted.size() * 99 / 100), sorted.size());
    }
  }
}
