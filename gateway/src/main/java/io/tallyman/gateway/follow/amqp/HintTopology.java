package io.tallyman.gateway.follow.amqp;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.tallyman.kit.amqp.Topology;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Declares this gateway's own queue of hints and progress. The broker chooses its name, and deletes
 * it when the consumer or the connection ends. It declares the exchanges exactly as billing-service
 * does, so that the two services can start in any order.
 */
@Singleton
final class HintTopology extends Topology {
  static final String PROGRESS = "tallyman.progress";

  private static final String HINTS = "tallyman.events";

  private volatile @Nullable Declared declared;

  @Override
  public void initialize(Channel channel, String name) throws IOException {
    channel.exchangeDeclare(HINTS, BuiltinExchangeType.FANOUT, true);
    channel.exchangeDeclare(PROGRESS, BuiltinExchangeType.FANOUT, true);
    String queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, HINTS, "");
    channel.queueBind(queue, PROGRESS, "");
    declared = new Declared(channel, queue);
  }

  /**
   * Checks that the queue still exists, because not every broker tells a consumer that its queue
   * was deleted. If the queue is missing, the broker closes the channel.
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
