package io.tallyman.billing.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.GetResponse;
import io.micronaut.json.JsonMapper;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.dispatch.Dispatch;
import io.tallyman.embedded.EmbeddedBroker;
import io.tallyman.kit.amqp.BrokerConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Publishing dispatches through a broker that stops and starts. */
final class AmqpDispatchQueueTest {
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");

  private EmbeddedBroker broker = EmbeddedBroker.start(0);

  @AutoClose
  private final RunningService service =
      RunningService.start(Map.of("tallyman.broker.uri", broker.uri()));

  private final TestWorker worker = new TestWorker(service);

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void messageIsPersistentAndHasTheHeadersOfItsSampleAndNoBody() throws IOException {
    UUID id = worker.submit();

    GetResponse message = take();

    Map<Object, Object> expected = new HashMap<>((Map<?, ?>) sample("dispatch"));
    expected.put("id", id.toString());
    assertThat(plain(message.getProps().getHeaders())).isEqualTo(expected);
    assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
    assertThat(message.getBody()).isEmpty();
    assertThat(message.getEnvelope().getRoutingKey()).isEqualTo("tallyman.tasks");
  }

  @Test
  void messageWithSeveralTasksHasTheHeadersOfItsSample() throws IOException {
    Dispatch first = new Dispatch(TASK, "billing.sheet", 1);
    Dispatch second = new Dispatch(OTHER, "billing.total_payables", 2);
    AmqpDispatchQueue queue = new AmqpDispatchQueue(service.bean(BrokerConnection.class));

    await().until(queue::isReady);
    assertThat(queue.publish(List.of(List.of(first, second)))).isEmpty();

    GetResponse message = take();
    assertThat(plain(message.getProps().getHeaders())).isEqualTo(sample("dispatch-several"));
    assertThat(message.getBody()).isEmpty();
  }

  @Test
  void queueIsAbandonedWhileItHasNeitherMessagesNorConsumers() throws Exception {
    AmqpDispatchQueue queue = new AmqpDispatchQueue(service.bean(BrokerConnection.class));
    await().until(queue::isAbandoned);

    queue.publish(List.of(List.of(new Dispatch(TASK, "billing.sheet", 1))));
    assertThat(queue.isAbandoned()).isFalse();
    take();
    await().until(queue::isAbandoned);

    try (Connection connection = connect()) {
      Channel channel = connection.createChannel();
      channel.basicConsume(AmqpDispatchQueue.NAME, new DefaultConsumer(channel));
      assertThat(queue.isAbandoned()).isFalse();
    }
    broker.close();
    assertThat(queue.isAbandoned()).isFalse();
  }

  /** The messages are lost, but not their queue, and no worker would take them. */
  @Test
  void tasksOfAnEmptyQueueWithoutConsumersArriveAgain() {
    UUID id = worker.submit();
    take();

    service.execute("UPDATE task SET dispatched_at = now() - interval '1 hour'");

    GetResponse again = take();
    assertThat(again.getProps().getHeaders().get("id")).hasToString(id.toString());
    assertThat(again.getProps().getHeaders()).containsEntry("dispatch_no", 2);
  }

  @Test
  void taskThatIsGivenBackIsOfferedAtOnceUnderTheNextNumber() {
    UUID id = worker.submit();
    take();
    worker.claim(id);

    worker.outcome(id, 1, TestWorker.RELEASED);

    assertThat(take().getProps().getHeaders()).containsEntry("dispatch_no", 2);
  }

  @Test
  void deletedQueueIsDeclaredAgainAndTheTaskArrives() throws Exception {
    worker.submit();
    take();
    try (Connection connection = connect()) {
      connection.createChannel().queueDelete(AmqpDispatchQueue.NAME);
    }

    UUID id = worker.submit();

    assertThat(take().getProps().getHeaders().get("id")).hasToString(id.toString());
    assertThat(service.count("task WHERE id = ? AND unclaimed_dispatches = 1", id)).isOne();
  }

  @Test
  void tasksOfAnOutageArriveAfterItInOrderOfPriority() throws Exception {
    worker.submit();
    take();
    broker.close();
    UUID low = worker.submit("\"priority\": 1");
    UUID high = worker.submit("\"priority\": 8");

    broker = broker.startAgain();

    assertThat(take().getProps().getHeaders().get("id")).hasToString(high.toString());
    assertThat(take().getProps().getHeaders().get("id")).hasToString(low.toString());
  }

  /** Waits for the next message and takes it. */
  private GetResponse take() {
    return Objects.requireNonNull(
        await().atMost(Duration.ofSeconds(30)).until(this::poll, Objects::nonNull));
  }

  private @Nullable GetResponse poll() throws Exception {
    try (Connection connection = connect()) {
      return connection.createChannel().basicGet(AmqpDispatchQueue.NAME, true);
    } catch (IOException | AlreadyClosedException noQueueYet) {
      return null;
    }
  }

  private Connection connect() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }

  private Object sample(String name) throws IOException {
    byte[] sample = Files.readAllBytes(Path.of("src/wire/" + name + ".json"));
    return plain(service.bean(JsonMapper.class).readValue(sample, Map.class));
  }

  /** The AMQP client has its own type for text. */
  private static Object plain(@Nullable Object value) {
    return switch (value) {
      case Number number -> number;
      case List<?> list -> list.stream().map(AmqpDispatchQueueTest::plain).toList();
      case Map<?, ?> table -> {
        Map<Object, Object> plain = new HashMap<>();
        table.forEach((name, each) -> plain.put(name, plain(each)));
        yield plain;
      }
      case null, default -> String.valueOf(value);
    };
  }
}
