package io.tallyman.gateway.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.gateway.FakeService;
import io.tallyman.gateway.FakeServices;
import io.tallyman.gateway.task.amqp.HintQueue;
import io.tallyman.standalone.EmbeddedBroker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hints on their way from the exchange to those who wait, through a broker that comes and goes. */
final class HintedTaskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HINT = FakeServices.sample("billing-service", "hint");
  private static final String EXCHANGE = "tallyman.events";

  private final FakeService billing = new FakeService("billing-service");
  private final StandInTasks tasks = new StandInTasks(billing);
  private EmbeddedBroker broker = EmbeddedBroker.start(0);

  @AutoClose
  private final EmbeddedServer gateway =
      ApplicationContext.run(
          EmbeddedServer.class,
          Map.of(
              "tallyman.broker.uri", broker.uri(), "tallyman.billing-service.url", billing.url()),
          "test");

  private final FollowedTasks followed =
      gateway.getApplicationContext().getBean(FollowedTasks.class);
  private final HintQueue hints = gateway.getApplicationContext().getBean(HintQueue.class);

  @BeforeEach
  void awaitQueue() {
    await().atMost(PATIENCE).until(hints::isConsuming);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  /** Reads that nobody hinted at come every 5 s; ten of them would take longer than is given. */
  @Test
  void everyHintHasItsTaskRead() throws Exception {
    UUID id = tasks.waiting();
    CompletableFuture<Task> end = follow(id);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (int hint = 0; hint < 10; hint++) {
                int reads = tasks.batchReads();
                publish("not even JSON");
                publish(hint(id));
                await().atMost(Duration.ofSeconds(3)).until(() -> tasks.batchReads() > reads);
              }
            });

    tasks.end(id);
    publish(hint(id));

    assertThat(end.join().status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(tasks.batches()).allMatch(Set.of(id)::equals);
  }

  @Test
  void hintsComeAgainAfterTheBrokerWasLostAndEndsOfItsAbsenceAreFound() throws Exception {
    UUID meanwhile = tasks.waiting();
    CompletableFuture<Task> end = follow(meanwhile);
    broker.close();
    await().atMost(PATIENCE).until(() -> !hints.isConsuming());
    tasks.end(meanwhile);
    assertThat(end.join().status()).isEqualTo(TaskStatus.SUCCESS);

    broker = EmbeddedBroker.start(broker.port());
    await().atMost(PATIENCE).until(hints::isConsuming);

    UUID id = tasks.waiting();
    CompletableFuture<Task> later = follow(id);
    tasks.end(id);
    publish(hint(id));
    assertThat(later.join().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  private CompletableFuture<Task> follow(UUID id) {
    return followed.follow(id, Duration.ofMinutes(5)).orElseThrow();
  }

  private static String hint(UUID id) {
    return HINT.replaceFirst("\"task_id\": \"[^\"]+\"", "\"task_id\": \"" + id + "\"");
  }

  private void publish(String hint) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      channel.basicPublish(EXCHANGE, "", null, hint.getBytes(UTF_8));
    }
  }
}
