package io.tallyman.worker.dispatch.amqp;

import com.rabbitmq.client.AMQP;
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
 * there first, and consumes anew after the broker, the channel or the queue was lost. A queue that
 * the broker has and cannot read any more is made anew: what it held is offered again. Used by one
 * thread.
 */
public final class DispatchConsumer implements AutoCloseable {
  public static final String QUEUE = "tallyman.tasks";

  private static final Logger LOG = LoggerFactory.getLogger(DispatchConsumer.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** After so long without a message it is not taken for granted that one would come. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** So many in a row are no passing moment: each costs the connection, and so a second. */
  private static final int MOST_INTERNAL_ERRORS = 5;

  private final BrokerConnection broker;
  private @Nullable Channel channel;
  private volatile @Nullable Arrivals arrivals;
  private int internalErrors;
  private long heard;

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
    Optional<Delivery> delivery = current.next(PATIENCE);
    if (delivery.isPresent()) {
      heard = System.nanoTime();
    } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
      // Of a queue that dies nobody is told. What comes at this very moment goes to another slot.
      close();
    }
    return delivery;
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
        declare(open);
        Arrivals begun = new Arrivals(open);
        open.basicConsume(QUEUE, false, begun);
        arrivals = begun;
        heard = System.nanoTime();
        internalErrors = 0;
      }
      channel = open;
    } catch (IOException | ShutdownSignalException failure) {
      Throwable reason = failure.getCause() == null ? failure : failure.getCause();
      internalErrors += isInternalError(reason) ? 1 : 0;
      LOG.warn("Cannot consume from {} ({}); trying again", QUEUE, reason.toString());
      close();
    }
  }

  /**
   * A broker that was killed may know a queue whose messages it cannot restore: RabbitMQ declares
   * it, but neither takes messages for it nor delivers any, until it is deleted.
   */
  private void declare(Channel open) throws IOException {
    int consumers = declared(open);
    if (internalErrors >= MOST_INTERNAL_ERRORS && consumers == 0) {
      LOG.error("The broker cannot read {}; deleting and declaring it, tasks come again", QUEUE);
      open.queueDelete(QUEUE);
      declared(open);
    }
  }

  private static int declared(Channel open) throws IOException {
    return open.queueDeclare(QUEUE, true, false, false, Map.of()).getConsumerCount();
  }

  /** Whether the broker ended the connection because it failed at something itself. */
  private static boolean isInternalError(Throwable reason) {
    return reason instanceof ShutdownSignalException shutdown
        && shutdown.getReason() instanceof AMQP.Connection.Close close
        && close.getReplyCode() == AMQP.INTERNAL_ERROR;
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
