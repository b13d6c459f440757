package io.tallyman.gateway.task.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.gateway.task.FollowedTasks;
import io.tallyman.kit.amqp.BrokerConnection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This gateway's own queue of hints, gone with its connection. It is bound to the exchange exactly
 * as billing-service declares that, so that neither has to be there first, and made anew after the
 * broker or the queue was lost.
 */
@Singleton
public class HintQueue {
  static final String EXCHANGE = "tallyman.events";

  private static final Logger LOG = LoggerFactory.getLogger(HintQueue.class);

  private final BrokerConnection broker;
  private final FollowedTasks followed;
  private final JsonMapper json;
  private volatile @Nullable Hints hints;

  HintQueue(BrokerConnection broker, FollowedTasks followed, JsonMapper json) {
    this.broker = broker;
    this.followed = followed;
    this.json = json;
  }

  /** Whether a hint would come here now if there were one; any thread may ask. */
  public boolean isConsuming() {
    Hints current = hints;
    return current != null && current.isOpen();
  }

  /** Sees to it that hints come; and what was not heard of until then is read now. */
  @Scheduled(fixedDelay = "500ms")
  void consume() {
    if (isConsuming()) {
      return;
    }
    Optional<Connection> connection = broker.open();
    if (connection.isEmpty()) {
      return;
    }
    try {
      hints = consume(connection.get());
      followed.changedAll();
    } catch (IOException | ShutdownSignalException failure) {
      LOG.warn("Hints cannot be consumed ({}); trying again", failure.toString());
    }
  }

  private Hints consume(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.FANOUT, true);
    String queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, EXCHANGE, "");
    Hints begun = new Hints(channel);
    channel.basicConsume(queue, true, begun);
    return begun;
  }

  private final class Hints extends DefaultConsumer {
    private volatile boolean ended;

    private Hints(Channel channel) {
      super(channel);
    }

    private boolean isOpen() {
      return !ended && getChannel().isOpen();
    }

    @Override
    public void handleDelivery(
        String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
      try {
        Hint hint = json.readValue(body, Hint.class);
        if (hint != null) {
          followed.changed(hint.taskId());
        }
      } catch (IOException unreadable) {
        LOG.warn("A hint makes no sense and is ignored ({})", unreadable.toString());
      }
    }

    /** The queue was deleted. */
    @Override
    public void handleCancel(String consumerTag) {
      ended = true;
    }
  }
}
