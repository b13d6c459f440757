package io.tallyman.kit.amqp;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.rabbitmq.connect.ChannelInitializer;
import io.micronaut.rabbitmq.connect.ChannelPool;

/**
 * Declares the exchanges and queues that a service needs, each time that {@link BrokerChannels}
 * opens a channel. The framework would declare them only once, when the service starts, and would
 * ignore a failure.
 */
public abstract class Topology extends ChannelInitializer {
  @Override
  public final ChannelPool onCreated(BeanCreatedEvent<ChannelPool> event) {
    return event.getBean();
  }
}
