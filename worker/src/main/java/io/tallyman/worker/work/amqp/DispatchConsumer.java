package io.tallyman.worker.work.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.tallyman.kit.amqp.BrokerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages off the dispatch queue, one at a time: the broker sends the next only when the
 * last is acked. Declares the queue exactly as billing-service does, so that neither has to be
 * there first, and consumes anew after the broker, the channel or the queue was lost. Used by one
 * thread.
 */
public final class DispatchConsumer implements AutoCloseable {
  public static final String QUEUE = "tallyman.tasks";

  private static final Logger LOG = LoggerFactory.getLogger(DispatchConsumer.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final BrokerConnection broker;
  private @Nullable Channel channel;
  private volatile @Nullable Arrivals arrivals;

  public DispatchConsumer(BrokerConnection broker) {
    this.broker = broker;
  }

  /** Whether a message would come here now if there were one; any thread may ask. */
  public boolean isConsuming() {
    Arrivals current = arrivals;
    return current != null && current.isOpen();
  }

  /**
   * Waits a moment for a message.
   *
   * @return empty if none came or the broker is away: ask again
   */
  public Optional<Delivery> next() throws InterruptedException {
    if (!isConsuming()) {
      consume();
    }
    Arrivals current = arrivals;
    if (current == null) {
      Thread.sleep(PATIENCE);
      return Optional.empty();
    }
    return current.next(PATIENCE);
  }

  /**
   * Consumes no more until {@link #next} is called. To be called before the last message is acked:
   * then no other can have been sent that would wait here while other workers are free.
   */
  public void pause() {
    Arrivals current = arrivals;
    arrivals = null;
    if (current != null) {
      current.cancel();
    }
  }

  /** Leaves the broker; what was not acked goes to another consumer. */
  @Override
  public void close() {
    arrivals = null;
    Channel current = channel;
    channel = null;
    try {
      if (current != null) {
        current.abort();
      }
    } catch (IOException | ShutdownSignalException alreadyClosed) {
      LOG.debug("The channel was closed already", alreadyClosed);
    }
  }

  private void consume() {
    arrivals = null;
    try {
      Channel open = channel;
      if (open == null || !open.isOpen()) {
        open = openChannel();
      }
      if (open != null) {
        open.queueDeclare(QUEUE, true, false, false, Map.of());
        Arrivals begun = new Arrivals(open);
        open.basicConsume(QUEUE, false, begun);
        arrivals = begun;
      }
      channel = open;
    } catch (IOException | ShutdownSignalException failure) {
      LOG.warn("Cannot consume from {} ({}); trying again", QUEUE, failure.toString());
      close();
    }
  }

  private @Nullable Channel openChannel() throws IOException {
    Optional<Connection> connection = broker.open();
    if (connection.isEmpty()) {
      return null;
    }
    Channel opened = connection.get().createChannel();
    if (opened != null) {
      opened.basicQos(1);
    }
    return opened;
  }
}
