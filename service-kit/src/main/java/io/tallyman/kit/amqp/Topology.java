package io.tallyman.kit.amqp;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.rabbitmq.connect.ChannelInitializer;
import io.micronaut.rabbitmq.connect.ChannelPool;

/**
 * Declares what a service needs at the broker, each time that {@link BrokerChannels} opens a
 * channel. The framework would declare it once, when the service starts, and go on after a failure.
 */
public abstract class Topology extends ChannelInitializer {
  @Override
  public final ChannelPool onCreated(BeanCreatedEvent<ChannelPool> event) {
    return event.getBean();
  }
}
