package io.tallyman.billing.amqp;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.tallyman.kit.amqp.Topology;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Declares the durable fanout exchanges for hints and for progress. */
@Singleton
final class EventsTopology extends Topology {
  @Override
  public void initialize(Channel channel, String name) throws IOException {
    channel.exchangeDeclare(EventsExchange.NAME, BuiltinExchangeType.FANOUT, true);
    channel.exchangeDeclare(ProgressExchange.NAME, BuiltinExchangeType.FANOUT, true);
  }
}
