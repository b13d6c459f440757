package io.tallyman.billing.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AMQP.Queue.DeclareOk;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import io.tallyman.billing.dispatch.Dispatch;
import io.tallyman.billing.dispatch.DispatchQueue;
import io.tallyman.kit.amqp.BrokerConnection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue that carries dispatches to workers. It is durable and has no arguments, so that every
 * AMQP 0-9-1 broker supports it. Messages are persistent, mandatory and confirmed; they have
 * headers and no body. The headers {@code id}, {@code task} and {@code dispatch_no} are of the
 * first task; the list {@code more} has a table with these three fields for each further task. Used
 * by one thread.
 */
@Singleton
class AmqpDispatchQueue implements DispatchQueue {
  /** The queue's name; messages reach it through the default exchange. */
  static final String NAME = "tallyman.tasks";

  private static final Logger LOG = LoggerFactory.getLogger(DispatchQueue.class);
  private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(5);

  /** A broker that is only slow or that restarts fails less often in a row. */
  private static final int MOST_FAILURES = 3;

  private final BrokerConnection broker;
  private @Nullable Channel channel;

  /** Whether the broker returned a message, because there is no queue for it. */
  private volatile boolean returned;

  private int failures;

  /** How many there were when the queue was declared. */
  private int consumers;

  AmqpDispatchQueue(BrokerConnection broker) {
    this.broker = broker;
  }

  @Override
  public boolean isReady() {
    return openChannel().isPresent() && !broker.isBlocked();
  }

  @Override
  public Set<UUID> publish(List<List<Dispatch>> messages) {
    Set<UUID> all =
        messages.stream().flatMap(List::stream).map(Dispatch::id).collect(Collectors.toSet());
    Optional<Channel> open = openChannel();
    if (open.isEmpty()) {
      return all;
    }
    returned = false;
    try {
      for (List<Dispatch> message : messages) {
        open.get().basicPublish("", NAME, true, properties(message), new byte[0]);
      }
      if (!open.get().waitForConfirms(CONFIRM_TIMEOUT.toMillis())) {
        return fail("the broker refused a message", all);
      }
    } catch (IOException | ShutdownSignalException | TimeoutException failure) {
      return fail(failure.toString(), all);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return abandon("the service is shutting down", all);
    }
    failures = 0;
    if (returned) {
      // The queue was deleted, perhaps with some of these messages. The next channel declares it.
      return abandon("the queue does not exist", all);
    }
    return Set.of();
  }

  @Override
  public boolean isBroken() {
    return failures >= MOST_FAILURES && isReady() && consumers == 0;
  }

  @Override
  public boolean isAbandoned() {
    Optional<Channel> open = openChannel();
    try {
      return open.isPresent() && declare(open.get()).getMessageCount() == 0 && consumers == 0;
    } catch (IOException | ShutdownSignalException failure) {
      LOG.debug("The broker does not tell about the queue {}", NAME, failure);
      return false;
    }
  }

  @Override
  public void replace() {
    LOG.error(
        "The broker cannot use the queue {}; it is deleted and declared again, and its tasks are"
            + " dispatched again",
        NAME);
    Optional<Channel> open = openChannel();
    try {
      if (open.isPresent()) {
        open.get().queueDelete(NAME);
        declare(open.get());
        failures = 0;
      }
    } catch (IOException | ShutdownSignalException failure) {
      LOG.warn("Cannot replace the queue {} ({}); trying again", NAME, failure.toString());
    }
  }

  private Optional<Channel> openChannel() {
    Channel current = channel;
    if (current != null && current.isOpen()) {
      return Optional.of(current);
    }
    return broker.open().flatMap(this::openChannel);
  }

  private Optional<Channel> openChannel(Connection connection) {
    try {
      Channel opened = connection.createChannel();
      declare(opened);
      opened.confirmSelect();
      opened.addReturnListener(_ -> returned = true);
      channel = opened;
      return Optional.of(opened);
    } catch (IOException | ShutdownSignalException failure) {
      LOG.warn("Cannot declare the queue {} ({}); trying again", NAME, failure.toString());
      return Optional.empty();
    }
  }

  private DeclareOk declare(Channel open) throws IOException {
    DeclareOk queue = open.queueDeclare(NAME, true, false, false, Map.of());
    consumers = queue.getConsumerCount();
    return queue;
  }

  private Set<UUID> fail(String reason, Set<UUID> unconfirmed) {
    failures++;
    return abandon(reason, unconfirmed);
  }

  /** Closes the channel, so that a late confirm is not mistaken for that of a later message. */
  private Set<UUID> abandon(String reason, Set<UUID> unconfirmed) {
    LOG.warn("{} tasks were not dispatched ({}); they follow later", unconfirmed.size(), reason);
    Channel current = channel;
    channel = null;
    try {
      if (current != null) {
        current.abort();
      }
    } catch (IOException | ShutdownSignalException alreadyClosed) {
      LOG.debug("The channel was closed already", alreadyClosed);
    }
    return unconfirmed;
  }

  private static BasicProperties properties(List<Dispatch> message) {
    Map<String, Object> headers = new HashMap<>(fields(message.getFirst()));
    if (message.size() > 1) {
      headers.put("more", message.stream().skip(1).map(AmqpDispatchQueue::fields).toList());
    }
    return MessageProperties.MINIMAL_PERSISTENT_BASIC
        .builder()
        .messageId(message.getFirst().id().toString())
        .headers(headers)
        .build();
  }

  private static Map<String, Object> fields(Dispatch dispatch) {
    return Map.of(
        "id", dispatch.id().toString(),
        "task", dispatch.task(),
        "dispatch_no", dispatch.dispatchNo());
  }
}
