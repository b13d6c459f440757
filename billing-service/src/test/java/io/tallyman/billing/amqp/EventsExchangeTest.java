package io.tallyman.billing.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.micronaut.json.JsonMapper;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.state.Hint;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.task.Tasks;
import io.tallyman.embedded.EmbeddedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Publishing hints through a broker that stops and starts. */
final class EventsExchangeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private EmbeddedBroker broker = EmbeddedBroker.start(0);

  @AutoClose
  private final RunningService service =
      RunningService.start(Map.of("tallyman.broker.uri", broker.uri()));

  private final TestWorker worker = new TestWorker(service);
  private final List<Hint> hints = new CopyOnWriteArrayList<>();
  private final List<BasicProperties> properties = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void lastMoveIsToldAfterItsCommit() throws Exception {
    listen();

    UUID id = submitAndClaim();
    worker.done(id, 1);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(hints).extracting(Hint::seq).isSubsetOf(1, 2, 3).endsWith(3).isSorted());
    Hint last = hints.getLast();
    assertThat(last.taskId()).isEqualTo(id);
    assertThat(last.ended()).isEqualTo(read(id));
    assertThat(hints).allMatch(hint -> hint.seq() == 3 || hint.ended() == null);
    BasicProperties expected =
        new BasicProperties.Builder().deliveryMode(1).contentType("application/json").build();
    assertThat(properties).allMatch(expected::equals);
  }

  @Test
  void whatIsRolledBackIsNotTold() throws Exception {
    UUID id = submitAndClaim();
    listen();

    // The outcome has no sheet, so its transaction is rolled back. Another one follows and commits.
    worker.outcome(id, 1, TestWorker.wrote(1));
    worker.cancel(id);

    await().atMost(PATIENCE).until(() -> !hints.isEmpty());
    assertThat(hints)
        .singleElement()
        .satisfies(
            hint -> {
              assertThat(hint.taskId()).isEqualTo(id);
              assertThat(hint.seq()).isEqualTo(3);
            });
  }

  @Test
  void movesGoOnWithoutABrokerAndAreToldAgainOnceItIsThere() throws Exception {
    worker.submit();
    broker.close();
    EventsExchange events = service.bean(EventsExchange.class);
    for (int seq = 0; seq < 25_000; seq++) {
      events.publish(new Hint(UUID.randomUUID(), seq, true, null));
    }
    UUID id = worker.submit();
    assertThat(worker.claim(id).status()).isEqualTo(200);

    broker = broker.startAgain();
    listen();

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              worker.submit();
              return !hints.isEmpty();
            });
  }

  @Test
  void serviceThatStartsWithoutABrokerTellsOnceItIsThere() throws Exception {
    broker.close();
    try (RunningService late = RunningService.start(Map.of("tallyman.broker.uri", broker.uri()))) {
      broker = broker.startAgain();
      listen();

      TestWorker client = new TestWorker(late);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                client.submit();
                return !hints.isEmpty();
              });
    }
  }

  @Test
  void deletedExchangeIsDeclaredAgain() throws Exception {
    worker.submit();
    try (Connection connection = connect()) {
      await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> requireExchange(connection));
      connection.createChannel().exchangeDelete(EventsExchange.NAME);
      assertThatThrownBy(() -> requireExchange(connection)).isInstanceOf(IOException.class);

      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                worker.submit();
                requireExchange(connection);
              });
    }
  }

  /** Dispatches before the claim, because a claim needs the number of a dispatch. */
  private UUID submitAndClaim() {
    UUID id = worker.submit();
    await().atMost(PATIENCE).until(() -> worker.dispatchNo(id) == 1);
    worker.claim(id);
    return id;
  }

  private Task read(UUID id) {
    return service
        .bean(Jdbi.class)
        .withHandle(
            handle ->
                service.bean(Tasks.class).findWithoutPositions(handle, List.of(id)).getFirst());
  }

  private static void requireExchange(Connection connection) throws IOException {
    connection.createChannel().exchangeDeclarePassive(EventsExchange.NAME);
  }

  /** Waits for the exchange and binds a queue to it, as a gateway does. */
  private void listen() throws Exception {
    Channel channel = connect().createChannel();
    channel.exchangeDeclare(EventsExchange.NAME, "fanout", true);
    String queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, EventsExchange.NAME, "");
    channel.basicConsume(
        queue,
        true,
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String tag, Envelope envelope, BasicProperties told, byte[] body) throws IOException {
            properties.add(told);
            hints.addAll(
                List.of(
                    Objects.requireNonNull(
                        service.bean(JsonMapper.class).readValue(body, Hint[].class))));
          }
        });
  }

  private Connection connect() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }
}
