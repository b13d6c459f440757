package io.tallyman.worker.dispatch.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message together with the channel it came by, the only one on which it can be acked. */
public record Delivery(Channel channel, long tag, Message message) {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /**
   * Takes the message off the queue for good. Where the channel is gone, the message comes again,
   * and its claim will be refused.
   */
  public void ack() {
    try {
      channel.basicAck(tag, false);
    } catch (IOException | ShutdownSignalException gone) {
      LOG.debug("{} cannot be acked ({}) and will come again", message, gone.toString());
    }
  }
}
