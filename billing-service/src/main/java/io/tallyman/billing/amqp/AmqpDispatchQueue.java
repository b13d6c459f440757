package io.tallyman.billing.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue that carries dispatches to workers. It is durable and has no arguments, so that every
 * AMQP 0-9-1 broker supports it. Messages are persistent, mandatory and confirmed; they have
 * headers and no body. Used by one thread.
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
  private final Set<UUID> returned = ConcurrentHashMap.newKeySet();
  private @Nullable Channel channel;
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
  public Set<UUID> publish(List<Dispatch> dispatches) {
    Set<UUID> all = dispatches.stream().map(Dispatch::id).collect(Collectors.toSet());
    Optional<Channel> open = openChannel();
    if (open.isEmpty()) {
      return all;
    }
    returned.clear();
    try {
      for (Dispatch dispatch : dispatches) {
        open.get().basicPublish("", NAME, true, properties(dispatch), new byte[0]);
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
    if (!returned.isEmpty()) {
      // The queue was deleted. The next channel declares it again.
      return abandon("the queue does not exist", Set.copyOf(returned));
    }
    return Set.of();
  }

  @Override
  public boolean isBroken() {
    return failures >= MOST_FAILURES && isReady() && consumers == 0;
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
      opened.addReturnListener(
          message -> returned.add(UUID.fromString(message.getProperties().getMessageId())));
      channel = opened;
      return Optional.of(opened);
    } catch (IOException | ShutdownSignalException failure) {
      LOG.warn("Cannot declare the queue {} ({}); trying again", NAME, failure.toString());
      return Optional.empty();
    }
  }

  private void declare(Channel open) throws IOException {
    consumers = open.queueDeclare(NAME, true, false, false, Map.of()).getConsumerCount();
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

  private static BasicProperties properties(Dispatch dispatch) {
    return MessageProperties.MINIMAL_PERSISTENT_BASIC
        .builder()
        .messageId(dispatch.id().toString())
        .headers(
            Map.of(
                "id", dispatch.id().toString(),
                "task", dispatch.task(),
                "dispatch_no", dispatch.dispatchNo()))
        .build();
  }
}
