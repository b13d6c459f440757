package io.tallyman.worker.dispatch.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer of the dispatch queue, until it is cancelled or its channel closes. */
final class Arrivals extends DefaultConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  Arrivals(Channel channel) {
    super(channel);
  }

  boolean isOpen() {
    return !ended && getChannel().isOpen();
  }

  Optional<Delivery> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(deliveries.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  void cancel() {
    try {
      getChannel().basicCancel(getConsumerTag());
    } catch (IOException | ShutdownSignalException gone) {
      LOG.debug("The consumer is gone already", gone);
    }
  }

  @Override
  public void handleDelivery(
      String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
    Message message = Message.read(properties.getHeaders(), body);
    deliveries.add(new Delivery(getChannel(), envelope.getDeliveryTag(), message));
  }

  /** The queue was deleted. */
  @Override
  public void handleCancel(String consumerTag) {
    LOG.warn("The broker cancelled a consumer; declaring the dispatch queue and consuming again");
    ended = true;
  }
}
