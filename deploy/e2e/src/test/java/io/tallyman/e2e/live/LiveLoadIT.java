package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Many WebSocket clients on one gateway follow tasks. All are connected from the beginning to the
 * end. The slow clients follow all tasks besides their own, and read nothing until the others have
 * all ends. Other sockets follow all tasks and are never read. No client misses the end of a task,
 * and the heap of the gateway stays small.
 *
 * <p>The full load runs by hand, in the root of the repository:
 *
 * <pre>{@code
 * mvn -Dquick -Punder-fire -Dit.test=LiveLoadIT verify
 * }</pre>
 */
final class LiveLoadIT {
  private static final int CLIENTS = Integer.getInteger("tallyman.live.clients", 200);
  private static final int TASKS_OF_A_CLIENT = Integer.getInteger("tallyman.live.tasks", 5);
  private static final int SLOW_CLIENTS = Math.max(1, CLIENTS / 20);
  private static final int UNREAD_SOCKETS = Math.max(1, CLIENTS / 40);
  private static final int REQUESTS_AT_ONCE = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(10);
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

  private final Gateway gateway = new Gateway(STACK);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Instant deadline = Instant.now().plus(PATIENCE);
  private final Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
  private final CountDownLatch othersToEnd = new CountDownLatch(CLIENTS - SLOW_CLIENTS);

  @Test
  void noClientMissesAnEndAndSlowClientsDelayNobody() throws Exception {
    List<WebSocketWire> unread = Stream.generate(this::unread).limit(UNREAD_SOCKETS).toList();
    List<LoadClient> clients =
        Stream.generate(() -> new LoadClient(http, gateway, deadline)).limit(CLIENTS).toList();
    await("all are connected")
        .atMost(PATIENCE)
        .until(() -> LiveObjects.ofGateway(STACK).sessions() >= CLIENTS + UNREAD_SOCKETS);

    LiveObjects most = follow(clients);

    report(clients, most);
    assertThat(clients).allSatisfy(client -> assertThat(client.faults()).isEmpty());
    assertThat(clients.stream().mapToInt(LoadClient::ends).sum())
        .isEqualTo(CLIENTS * TASKS_OF_A_CLIENT);
    assertThat(most.bytes()).isLessThan(MOST_LIVE_BYTES);
    assertThat(most.frames())
        .isLessThanOrEqualTo((long) (UNREAD_SOCKETS + CLIENTS) * MOST_FRAMES_OF_AN_OUTBOX);
    clients.forEach(LoadClient::close);
    await("the gateway forgets the clients")
        .atMost(PATIENCE)
        .until(() -> LiveObjects.ofGateway(STACK).sessions() <= UNREAD_SOCKETS);
    for (WebSocketWire socket : unread) {
      socket.close();
    }
    assertThat(STACK.log("gateway")).doesNotContain("OutOfMemoryError", " ERROR ");
  }

  /** Returns the largest heap of the gateway after a garbage collection. */
  private LiveObjects follow(List<LoadClient> clients) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<?> all =
          CompletableFuture.allOf(
              Stream.concat(
                      clients.subList(0, SLOW_CLIENTS).stream()
                          .map(client -> (Runnable) () -> followSlowly(client)),
                      clients.subList(SLOW_CLIENTS, CLIENTS).stream()
                          .map(client -> (Runnable) () -> follow(client)))
                  .map(client -> CompletableFuture.runAsync(client, threads))
                  .toArray(CompletableFuture<?>[]::new));
      LiveObjects most = LiveObjects.ofGateway(STACK);
      while (!hasEnded(all)) {
        LiveObjects now = LiveObjects.ofGateway(STACK);
        most = now.bytes() > most.bytes() ? now : most;
      }
      return most;
    }
  }

  private void follow(LoadClient client) {
    try {
      client.follow(submit(), () -> {});
    } finally {
      othersToEnd.countDown();
    }
  }

  private void followSlowly(LoadClient client) {
    client.followAll();
    client.follow(submit(), this::awaitOthers);
  }

  private void awaitOthers() {
    try {
      assertThat(othersToEnd.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stop) {
      throw new IllegalStateException("interrupted", stop);
    }
  }

  private static boolean hasEnded(CompletableFuture<?> all)
      throws InterruptedException, ExecutionException {
    try {
      all.get(BETWEEN_SAMPLES.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException running) {
      return false;
    }
  }

  private WebSocketWire unread() {
    try {
      WebSocketWire socket = WebSocketWire.open(gateway);
      socket.send("{\"type\": \"subscribe\", \"ref\": \"all\", \"filter\": {}}");
      return socket;
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Submits the tasks of a client as a group. */
  private List<String> submit() {
    Map<String, ?> task =
        Map.of("task", "billing.sheet", "parameters", Map.of("billing_date", "2009-01-05"));
    Map<String, ?> group = Map.of("tasks", Collections.nCopies(TASKS_OF_A_CLIENT, task));
    requests.acquireUninterruptibly();
    try {
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
    } finally {
      requests.release();
    }
  }

  private static void report(List<LoadClient> clients, LiveObjects most) {
    List<Long> delays = new ArrayList<>();
    clients.subList(SLOW_CLIENTS, CLIENTS).forEach(client -> delays.addAll(client.delays()));
    Collections.sort(delays);
    assertThat(delays).isNotEmpty();
    System.out.printf(
        "%d clients, %d of them slow, and %d sockets that nobody reads; %d tasks%n"
            + "commit to frame of %d events: p50 %d ms, p99 %d ms%n"
            + "%d connections; at most %d MiB live in the heap, with %d sessions and %d frames%n",
        CLIENTS,
        SLOW_CLIENTS,
        UNREAD_SOCKETS,
        CLIENTS * TASKS_OF_A_CLIENT,
        delays.size(),
        delays.get(delays.size() / 2),
        delays.get(delays.size() * 99 / 100),
        clients.stream().mapToInt(LoadClient::connections).sum(),
        most.bytes() >> 20,
        most.sessions(),
        most.frames());
  }
}
