package io.tallyman.billing.task.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import io.micronaut.json.JsonMapper;
import io.tallyman.billing.task.Hint;
import io.tallyman.kit.amqp.BrokerConnection;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where hints go: a fanout exchange, to which everybody who listens binds a queue. Telling is best
 * effort and never holds anybody up: hints are transient and not confirmed, those that come faster
 * than the broker takes them push out the oldest, and while there is no broker they are dropped.
 */
@Singleton
public class EventsExchange {
  /** Its name; gateways declare it as here and bind their queues to it. */
  public static final String NAME = "tallyman.events";

  private static final Logger LOG = LoggerFactory.getLogger(EventsExchange.class);
  private static final int MOST_WAITING = 10_000;
  private static final long STOP_MILLIS = 2_000;
  private static final BasicProperties TRANSIENT_JSON =
      MessageProperties.MINIMAL_BASIC
          .builder()
          .deliveryMode(1)
          .contentType("application/json")
          .build();

  private final BrokerConnection broker;
  private final JsonMapper json;
  private final BlockingQueue<Hint> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread = Thread.ofPlatform().name("hints").daemon().unstarted(this::run);
  private @Nullable Channel channel;

  EventsExchange(BrokerConnection broker, JsonMapper json) {
    this.broker = broker;
    this.json = json;
  }

  /** Returns at once, whatever becomes of the hint. */
  public void tell(Hint hint) {
    while (!waiting.offer(hint)) {
      waiting.poll();
    }
  }

  @PostConstruct
  void start() {
    thread.start();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join(STOP_MILLIS);
  }

  private void run() {
    try {
      while (true) {
        publish(waiting.take());
      }
    } catch (InterruptedException stop) {
      LOG.debug("No more hints are told");
    }
  }

  private void publish(Hint hint) {
    try {
      Optional<Channel> open = openChannel();
      if (open.isPresent() && !broker.isBlocked()) {
        open.get().basicPublish(NAME, "", TRANSIENT_JSON, json.writeValueAsBytes(hint));
      }
    } catch (IOException | RuntimeException failure) {
      LOG.debug("{} is lost; who follows the task reads it all the same, later", hint, failure);
    }
  }

  private Optional<Channel> openChannel() throws IOException {
    Channel current = channel;
    if (current != null && current.isOpen()) {
      return Optional.of(current);
    }
    Optional<Connection> connection = broker.open();
    return connection.isEmpty() ? Optional.empty() : Optional.of(openChannel(connection.get()));
  }

  private Channel openChannel(Connection connection) throws IOException {
    Channel opened = connection.createChannel();
    opened.exchangeDeclare(NAME, BuiltinExchangeType.FANOUT, true);
    channel = opened;
    return opened;
  }
}
