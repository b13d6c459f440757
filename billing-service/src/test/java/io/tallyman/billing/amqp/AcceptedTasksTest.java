package io.tallyman.billing.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Many tasks that are accepted at the same time, with a broker and workers that claim at once. */
final class AcceptedTasksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TASKS = 400;

  private final EmbeddedBroker broker = EmbeddedBroker.start(0);

  @AutoClose
  private final RunningService service =
      RunningService.start(
          Map.of("tallyman.broker.uri", broker.uri(), "tallyman.tasks.unclaimed-after", "10m"));

  @AutoClose private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  private final TestWorker worker = new TestWorker(service);
  private final List<String> offers = new CopyOnWriteArrayList<>();
  private final Connection connection = connect();

  AcceptedTasksTest() throws Exception {}

  @AfterEach
  void stop() {
    connection.abort();
    broker.close();
  }

  @Test
  void eachIsOfferedOnceAndClaimed() throws Exception {
    await()
        .atMost(PATIENCE)
        .until(() -> service.count("task WHERE id = ? AND dispatch_no = 1", worker.submit()) == 1);
    consume();

    List<CompletableFuture<UUID>> accepted =
        Stream.generate(() -> CompletableFuture.supplyAsync(worker::submit, clients))
            .limit(TASKS)
            .toList();

    List<UUID> ids = accepted.stream().map(CompletableFuture::join).toList();
    await().atMost(PATIENCE).until(() -> service.count("task WHERE status <> 'STARTED'") == 0);
    assertThat(ids).doesNotHaveDuplicates().hasSize(TASKS);
    assertThat(offers)
        .doesNotHaveDuplicates()
        .containsAll(ids.stream().map(UUID::toString).toList());
    assertThat(service.count("task WHERE dispatch_no <> 1")).isZero();
    assertThat(service.count("task_event")).isEqualTo(2 * service.count("task"));
  }

  private void consume() throws Exception {
    Channel channel = connection.createChannel();
    channel.basicConsume(
        AmqpDispatchQueue.NAME,
        true,
        (tag, offer) -> {
          String id = String.valueOf(offer.getProperties().getHeaders().get("id"));
          offers.add(id);
          var _ =
              CompletableFuture.runAsync(
                  () -> worker.claim(UUID.fromString(id), UUID.randomUUID(), 1), clients);
        },
        _ -> {});
  }

  private Connection connect() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }
}
