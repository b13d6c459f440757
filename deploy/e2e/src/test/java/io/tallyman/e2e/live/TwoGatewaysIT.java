package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import io.tallyman.e2e.BillingDatabase;
import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.OnAnyStack;
import io.tallyman.e2e.OnContainers;
import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A client on either gateway sees every event once, whatever happens to the gateway or to the
 * broker.
 */
@OnAnyStack
@Tag(OnContainers.IN_THE_LONG_FORM)
@Order(2)
final class TwoGatewaysIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOST_HINTS_ARE_FOUND = Duration.ofSeconds(10);

  /** Longer than a gateway may be silent before it has to assume that it has missed events. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(22);

  private static final String FIRST = "gateway";
  private static final String SECOND = "gateway-2";
  private static final List<String> ALL_EVENTS =
      List.of("task.pending 1", "task.started 2", "task.succeeded 3");

  /** A paused gateway hears no pong for longer than two of these intervals. */
  @AutoClose
  private static final TallymanStack STACK =
      OwnStack.start(new Layout(1, 2, 1, 0), Map.of("TALLYMAN_LIVE_PING_INTERVAL", "5s"));

  private final Gateway gateway = new Gateway(STACK);
  private final BillingDatabase database = new BillingDatabase(STACK);

  @Test
  void clientOnEitherGatewaySeesTheTasksOfBoth() {
    try (Watcher one = watch(FIRST);
        Watcher two = watch(SECOND)) {
      for (String part : List.of(FIRST, SECOND)) {
        String id = submitSheet(on(part));
        one.follow(id, 0);
        two.follow(id, 0);

        awaitEnd(one, id);
        awaitEnd(two, id);
      }
    }
  }

  @Test
  void ticketWorksOnceOnAllGatewaysTogether() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String part : List.of(FIRST, SECOND)) {
        String ticket = gateway.post("/api/v1/stream-tickets").body().get("ticket").asString();

        assertThat(open(client, part, ticket)).isEqualTo(200);
        assertThat(open(client, FIRST, ticket)).isEqualTo(401);
        assertThat(open(client, SECOND, ticket)).isEqualTo(401);
      }
      client.shutdownNow();
    }
  }

  /** The status of a stream that is opened with a ticket only. */
  private static int open(HttpClient client, String part, String ticket) throws Exception {
    URI stream = STACK.gateway(part).resolve("/api/v1/events?ticket=" + ticket);
    HttpRequest request =
        HttpRequest.newBuilder(stream).header("Accept", "text/event-stream").build();
    HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  private static Gateway on(String part) {
    return new Gateway(() -> STACK.gateway(part), () -> STACK.token("admin"));
  }

  @Test
  void clientOfAKilledGatewayResumes() throws Exception {
    resumeAfter(() -> STACK.kill(SECOND), 1006);
  }

  @Test
  void clientOfAStoppedGatewayIsToldSoAndResumes() throws Exception {
    resumeAfter(() -> STACK.stopAndStart(SECOND), 1012);
  }

  @Test
  void gatewayTellsWhatItMissedWhileItWasPaused() throws Exception {
    try (Watcher one = watch(FIRST);
        Watcher two = watch(SECOND);
        Connection hold = holdImports()) {
      String running = startImport(one, two);
      String submitted;
      STACK.pause(SECOND);
      try {
        hold.rollback();
        submitted = submitSheet(gateway);
        one.follow(submitted, 0);
        awaitEnd(one, running);
        awaitEnd(one, submitted);
        await().pollDelay(LONG_PAUSE).atMost(PATIENCE).until(() -> true);
      } finally {
        STACK.resume(SECOND);
      }

      awaitEnd(two, running);
      await("a new snapshot")
          .atMost(PATIENCE)
          .until(() -> two.seqsOfFilter(submitted).equals(List.of(3)));
      assertThat(two.snapshots()).isGreaterThan(1);
      assertBothSeeANewTask(one, two);
    }
  }

  @Test
  void eventsThatHappenWithoutABrokerAreTold() throws Exception {
    try (Watcher one = watch(FIRST);
        Watcher two = watch(SECOND);
        Connection hold = holdImports()) {
      String running = startImport(one, two);
      long before = one.snapshots();

      OwnStack.restartBroker(
          STACK,
          () -> {
            release(hold);
            gateway.awaitSuccess(running, PATIENCE);
          });

      awaitEnd(one, running);
      awaitEnd(two, running);
      await("a new snapshot").atMost(PATIENCE).until(() -> one.snapshots() > before);
      assertBothSeeANewTask(one, two);
    }
  }

  @Test
  void eventsWhoseHintsAreLostAreTold() throws Exception {
    try (Watcher one = watch(FIRST);
        Watcher two = watch(SECOND);
        Connection hold = holdImports()) {
      String running = startImport(one, two);
      loseHints();

      hold.rollback();
      String submitted = submitSheet(gateway);
      gateway.awaitSuccess(running, PATIENCE);
      gateway.awaitSuccess(submitted, PATIENCE);

      await("events without hints")
          .atMost(LOST_HINTS_ARE_FOUND)
          .untilAsserted(
              () -> {
                assertEnd(one, running);
                assertEnd(two, running);
                assertThat(one.seqsOfFilter(submitted)).containsExactly(1, 2, 3);
                assertThat(two.seqsOfFilter(submitted)).containsExactly(1, 2, 3);
              });
    } finally {
      OwnStack.restartBroker(STACK, () -> {});
    }
  }

  private void resumeAfter(Runnable strike, int closeCode) throws Exception {
    try (Watcher one = watch(FIRST);
        Connection hold = holdImports()) {
      String running;
      try (Watcher two = watch(SECOND)) {
        running = startImport(one, two);
        strike.run();
        assertThat(two.closeCode()).isEqualTo(closeCode);
      }
      hold.rollback();
      awaitEnd(one, running);

      try (Watcher again = watch(SECOND)) {
        again.follow(running, 2);

        await("the missed event")
            .atMost(PATIENCE)
            .until(() -> again.events(running).equals(List.of("task.succeeded 3")));
        assertThat(again.seqsOfFilter(running)).containsExactly(3);
        assertBothSeeANewTask(one, again);
      }
    }
  }

  /** An import that both follow, and that has started. */
  private String startImport(Watcher one, Watcher two) {
    String id =
        gateway.importCsv(
            "date_billed,account_name,payable,currency\r\n2009-04-01,Live Ltd,1.00,GBP\r\n", "");
    for (Watcher watcher : List.of(one, two)) {
      watcher.follow(id, 0);
      await("the import has started")
          .atMost(PATIENCE)
          .until(() -> watcher.events(id).equals(ALL_EVENTS.subList(0, 2)));
    }
    return id;
  }

  private void assertBothSeeANewTask(Watcher one, Watcher two) {
    String id = submitSheet(gateway);
    one.follow(id, 0);
    two.follow(id, 0);
    awaitEnd(one, id);
    awaitEnd(two, id);
  }

  private static void awaitEnd(Watcher watcher, String id) {
    await("all events").atMost(PATIENCE).untilAsserted(() -> assertEnd(watcher, id));
  }

  /** By the id, each event was told once. By the filter too, since its last snapshot. */
  private static void assertEnd(Watcher watcher, String id) {
    assertThat(watcher.events(id)).isEqualTo(ALL_EVENTS);
    assertThat(watcher.seqsOfFilter(id)).isIn(List.of(1, 2, 3), List.of(2, 3), List.of(3));
  }

  private static String submitSheet(Gateway gateway) {
    return gateway.submit("billing.sheet", Map.of("billing_date", "2009-04-02"));
  }

  /** Imports can start, but not end. */
  private Connection holdImports() throws SQLException {
    return database.hold("billing IN SHARE MODE");
  }

  private static void release(Connection hold) {
    try {
      hold.rollback();
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  /** billing-service declares the exchange again, but the queues of the gateways stay unbound. */
  private static void loseHints() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(OwnStack.broker(STACK));
    try (var connection = factory.newConnection();
        var channel = connection.createChannel()) {
      channel.exchangeDelete("tallyman.events");
    }
  }

  /** Waits until the gateway accepts connections. */
  private static Watcher watch(String part) {
    return await(part)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> new Watcher(on(part)), watcher -> true);
  }
}
