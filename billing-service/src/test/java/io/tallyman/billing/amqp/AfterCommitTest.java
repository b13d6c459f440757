package io.tallyman.billing.amqp;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.embedded.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A commit itself wakes the dispatcher and publishes the hint. The dispatcher's timer is an hour
 * here, and nothing but a commit publishes hints, so whatever arrives was sent because of a commit.
 */
final class AfterCommitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedBroker broker = EmbeddedBroker.start(0);

  @AutoClose
  private final RunningService service =
      RunningService.start(
          Map.of("tallyman.broker.uri", broker.uri(), "tallyman.tasks.dispatch-interval", "1h"));

  private final Connection connection = connect();

  private final TestWorker worker = new TestWorker(service);
  private final List<String> dispatched = new CopyOnWriteArrayList<>();
  private final List<String> hints = new CopyOnWriteArrayList<>();

  AfterCommitTest() throws Exception {}

  /** A task that is submitted before the broker is ready would wait for the timer. */
  @BeforeEach
  void listen() throws Exception {
    Channel channel = connection.createChannel();
    channel.exchangeDeclare(EventsExchange.NAME, "fanout", true);
    String queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, EventsExchange.NAME, "");
    channel.basicConsume(
        queue,
        true,
        (tag, hint) -> hints.add(new String(hint.getBody(), StandardCharsets.UTF_8)),
        _ -> {});
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              UUID id = worker.submit();
              return service.count("task WHERE id = ? AND dispatched_at IS NOT NULL", id) > 0;
            });
    channel.basicConsume(
        AmqpDispatchQueue.NAME,
        true,
        (tag, offer) -> {
          Map<String, Object> headers = offer.getProperties().getHeaders();
          dispatched.add(headers.get("id") + " " + headers.get("dispatch_no"));
        },
        _ -> {});
  }

  @AfterEach
  void stop() {
    connection.abort();
    broker.close();
  }

  @Test
  void acceptedTaskIsDispatchedAndHinted() {
    UUID id = worker.submit();

    awaitDispatch(id, 1);
    awaitHint(id, 1);
  }

  @Test
  void releasedTaskIsDispatchedAndHintedAgain() {
    UUID id = worker.submit();
    awaitDispatch(id, 1);
    worker.claim(id);

    worker.outcome(id, 1, TestWorker.RELEASED);

    awaitDispatch(id, 2);
    awaitHint(id, 3);
  }

  private void awaitDispatch(UUID id, int number) {
    await().atMost(PATIENCE).until(() -> dispatched.contains(id + " " + number));
  }

  private void awaitHint(UUID id, int seq) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                hints.stream()
                    .anyMatch(
                        hint ->
                            hint.contains("\"" + id + "\"")
                                && hint.matches(".*\"seq\" *: *" + seq + "\\D.*")));
  }

  private Connection connect() throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }
}
