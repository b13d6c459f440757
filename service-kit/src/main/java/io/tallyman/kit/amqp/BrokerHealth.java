package io.tallyman.kit.amqp;

import com.rabbitmq.client.ConnectionFactory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/**
 * Shows the state of the broker. It never makes the service unready: without a broker it still
 * answers.
 */
@Singleton
@Readiness
@Requires(classes = ConnectionFactory.class)
@Requires(beans = BrokerConnection.class)
final class BrokerHealth implements HealthIndicator {
  private final BrokerConnection connection;

  BrokerHealth(BrokerConnection connection) {
    this.connection = connection;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Publishers.just(
        HealthResult.builder("broker", HealthStatus.UP)
            .details(Map.of("connected", connection.isOpen()))
            .build());
  }
}
