package io.tallyman.gateway.follow.amqp;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.tallyman.kit.amqp.Topology;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * This gateway's own queue of hints, which the broker names, and deletes with its consumer or its
 * connection. It is bound to the exchange exactly as billing-service declares that, so that neither
 * has to be there first.
 */
@Singleton
final class HintTopology extends Topology {
  private static final String EXCHANGE = "tallyman.events";

  private volatile @Nullable Declared declared;

  @Override
  public void initialize(Channel channel, String name) throws IOException {
    channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.FANOUT, true);
    String queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, EXCHANGE, "");
    declared = new Declared(channel, queue);
  }

  /**
   * Asks the broker whether the queue is still there, because not every broker tells the consumer
   * of a queue that was deleted. If it is not, the broker closes the channel.
   */
  boolean isThere() {
    Declared current = declared;
    try {
      if (current != null) {
        current.channel().queueDeclarePassive(current.queue());
      }
      return current != null;
    } catch (IOException | ShutdownSignalException gone) {
      return false;
    }
  }

  private record Declared(Channel channel, String queue) {}
}
