package io.tallyman.kit.amqp;

import com.rabbitmq.client.Connection;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.rabbitmq.annotation.RabbitConnection;
import io.micronaut.rabbitmq.connect.RabbitConnectionFactoryConfig;
import io.micronaut.rabbitmq.connect.SingleRabbitConnectionFactoryConfig;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/**
 * Replaces the framework's connection settings, whose default is a broker at localhost. The
 * framework uses {@link BrokerChannels} instead of a connection of its own.
 */
@Singleton
@Named(RabbitConnection.DEFAULT_CONNECTION)
@Replaces(SingleRabbitConnectionFactoryConfig.class)
@Requires(classes = RabbitConnectionFactoryConfig.class)
final class NoOwnConnection extends RabbitConnectionFactoryConfig {
  NoOwnConnection() {
    super(RabbitConnection.DEFAULT_CONNECTION);
  }

  @Override
  public Connection newConnection(ExecutorService executor) {
    throw new IllegalStateException("tallyman.broker.uri is the only connection to a broker");
  }
}
