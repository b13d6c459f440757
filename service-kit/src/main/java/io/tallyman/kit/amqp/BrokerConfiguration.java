package io.tallyman.kit.amqp;

import com.rabbitmq.client.ConnectionFactory;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Set;

/**
 * @param uri the address of the broker: {@code amqp://user:password@host:port/virtual-host}, or
 *     {@code amqps:} for TLS; there is no default user and password
 */
@Context
@Requires(classes = ConnectionFactory.class)
@Requires(property = "tallyman.broker.uri")
@ConfigurationProperties("tallyman.broker")
record BrokerConfiguration(@NotNull URI uri) {
  private static final Set<String> SCHEMES = Set.of("amqp", "amqps");

  BrokerConfiguration {
    if (uri.getScheme() == null
        || !SCHEMES.contains(uri.getScheme())
        || uri.getUserInfo() == null) {
      throw new IllegalArgumentException(
          "tallyman.broker.uri must be of the form amqp://user:password@host:port/virtual-host");
    }
  }
}
