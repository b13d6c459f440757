package io.tallyman.worker.dispatch.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message with its channel: only that channel can ack it. */
public record Delivery(Channel channel, long tag, Message message) {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /**
   * Acks the message, which removes it from the queue. If the channel is closed, the broker
   * delivers the message again, and its claim will be refused.
   */
  public void ack() {
    try {
      channel.basicAck(tag, false);
    } catch (IOException | ShutdownSignalException gone) {
      LOG.debug("{} cannot be acked ({}) and will come again", message, gone.toString());
    }
  }

  /** Gives the message back to the broker, which delivers it again. */
  public void giveBack() {
    try {
      channel.basicReject(tag, true);
    } catch (IOException | ShutdownSignalException gone) {
      LOG.debug("{} cannot be given back ({}) and will come again", message, gone.toString());
    }
  }
}
