package io.tallyman.billing.amqp;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.tallyman.billing.state.TaskProgress;
import io.tallyman.embedded.EmbeddedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Progress that heartbeats bring is published, but not more often than clients can use it. */
final class ProgressExchangeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int HEARTBEATS = 200;

  @AutoClose private final EmbeddedBroker broker = EmbeddedBroker.start(0);

  @AutoClose
  private final RunningService service =
      RunningService.start(Map.of("tallyman.broker.uri", broker.uri()));

  private final TestWorker worker = new TestWorker(service);
  private final List<TaskProgress> progress = new CopyOnWriteArrayList<>();

  @Test
  void latestProgressIsToldAtMostFourTimesASecond() throws Exception {
    UUID id = worker.submit();
    await().atMost(PATIENCE).until(() -> worker.dispatchNo(id) == 1);
    worker.claim(id);
    try (Connection connection = connect()) {
      listen(connection.createChannel());
      long begun = System.nanoTime();
      for (int done = 1; done <= HEARTBEATS; done++) {
        worker.heartbeat(id, 1, done);
      }

      await()
          .atMost(PATIENCE)
          .until(() -> !progress.isEmpty() && progress.getLast().progress().done() == HEARTBEATS);
      long quarters = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 250;
      assertThat(progress.size()).isLessThanOrEqualTo((int) quarters + 2);
      assertThat(progress)
          .allSatisfy(
              told -> {
                assertThat(told.taskId()).isEqualTo(id);
                assertThat(told.task()).isEqualTo("billing.sheet");
                assertThat(told.attempt()).isEqualTo(1);
              });
      assertThat(progress).extracting(told -> told.progress().done()).isSorted();
    }
  }

  private void listen(Channel channel) throws IOException {
    channel.exchangeDeclare(ProgressExchange.NAME, "fanout", true);
    String queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, ProgressExchange.NAME, "");
    channel.basicConsume(
        queue,
        true,
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String tag, Envelope envelope, BasicProperties told, byte[] body) throws IOException {
            progress.add(
                Objects.requireNonNull(
                    service.bean(JsonMapper.class).readValue(body, TaskProgress.class)));
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
