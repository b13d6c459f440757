package io.tallyman.worker.dispatch.amqp;

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
 * Consumes the dispatch queue, one message at a time: the broker sends the next message only after
 * the last one is acked. It declares the queue exactly as billing-service does, so that either may
 * start first. It consumes again after the broker, the channel or the queue was lost. A queue that
 * the broker cannot use any more is replaced by billing-service. Used by one thread.
 */
public final class DispatchConsumer implements AutoCloseable {
  public static final String QUEUE = "tallyman.tasks";

  private static final Logger LOG = LoggerFactory.getLogger(DispatchConsumer.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** After so long without a message the consumer is closed and opened again. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final BrokerConnection broker;
  private @Nullable Channel channel;
  private volatile @Nullable Arrivals arrivals;
  private long heard;

  public DispatchConsumer(BrokerConnection broker) {
    this.broker = broker;
  }

  /** Whether the broker would deliver a message here now. Any thread may call this. */
  public boolean isConsuming() {
    Arrivals current = arrivals;
    return current != null && current.isOpen();
  }

  /**
   * Waits up to 500 ms for a message.
   *
   * @return the message; empty if none came or the broker is unreachable: call again
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
    Optional<Delivery> delivery = current.next(PATIENCE);
    if (delivery.isPresent()) {
      heard = System.nanoTime();
    } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
      // The broker does not report a queue that breaks. A message that arrives right now goes to
      // another slot.
      close();
    }
    return delivery;
  }

  /**
   * Stops consuming until {@link #next} is called. Call it before the last message is acked: then
   * the broker has sent no other message that would wait here while other workers are free.
   */
  public void pause() {
    Arrivals current = arrivals;
    arrivals = null;
    if (current != null) {
      current.cancel();
    }
  }

  /** Closes the channel. Messages that were not acked go to another consumer. */
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
        heard = System.nanoTime();
      }
      channel = open;
    } catch (IOException | ShutdownSignalException failure) {
      Throwable reason = failure.getCause() == null ? failure : failure.getCause();
      LOG.warn("Cannot consume from {} ({}); trying again", QUEUE, reason.toString());
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
