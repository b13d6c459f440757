package io.tallyman.kit.amqp;

import com.rabbitmq.client.Channel;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.rabbitmq.annotation.RabbitConnection;
import io.micronaut.rabbitmq.connect.ChannelPool;
import io.micronaut.rabbitmq.connect.DefaultChannelPool;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels that micronaut-rabbitmq publishes and consumes on. They are opened on the service's
 * only connection to the broker, and the topology is declared on each new channel. When a consumer
 * ends for any reason, the framework returns its channel and does not start a new consumer.
 */
@Singleton
@Named(RabbitConnection.DEFAULT_CONNECTION)
@Replaces(DefaultChannelPool.class)
@Requires(classes = ChannelPool.class)
@Requires(beans = BrokerConnection.class)
public final class BrokerChannels implements ChannelPool {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerChannels.class);

  private final BrokerConnection broker;
  private final List<Topology> topologies;
  private final Queue<Channel> idle = new ConcurrentLinkedQueue<>();
  private final Set<Channel> used = ConcurrentHashMap.newKeySet();

  BrokerChannels(BrokerConnection broker, List<Topology> topologies) {
    this.broker = broker;
    this.topologies = topologies;
  }

  /** Whether a channel is in use now and open. */
  public boolean isInUse() {
    return used.stream().anyMatch(Channel::isOpen);
  }

  /** Closes the channels that are not in use, so that the next channel is a new one. */
  public void closeIdle() {
    for (Channel channel = idle.poll(); channel != null; channel = idle.poll()) {
      abort(channel);
    }
  }

  @Override
  public String getName() {
    return RabbitConnection.DEFAULT_CONNECTION;
  }

  /**
   * @throws IOException if the broker cannot be reached, or refuses the topology
   */
  @Override
  public Channel getChannel() throws IOException {
    used.removeIf(channel -> !channel.isOpen());
    Channel channel = idle.poll();
    while (channel != null && !channel.isOpen()) {
      channel = idle.poll();
    }
    Channel taken = channel == null ? open() : channel;
    used.add(taken);
    return taken;
  }

  @Override
  public Channel getChannelWithRecoveringDelay(int recoveryAttempts) throws IOException {
    return getChannel();
  }

  @Override
  public void returnChannel(Channel channel) {
    used.remove(channel);
    if (channel.isOpen()) {
      idle.add(channel);
    }
  }

  private Channel open() throws IOException {
    Channel opened =
        broker
            .open()
            .orElseThrow(() -> new IOException("The broker cannot be reached"))
            .createChannel();
    try {
      for (Topology topology : topologies) {
        topology.initialize(opened, getName());
      }
      return opened;
    } catch (IOException | RuntimeException failure) {
      abort(opened);
      throw failure;
    }
  }

  private static void abort(Channel channel) {
    try {
      channel.abort();
    } catch (IOException | RuntimeException alreadyClosed) {
      LOG.debug("The channel was closed already", alreadyClosed);
    }
  }
}
