package io.tallyman.billing.amqp;

import io.micronaut.rabbitmq.annotation.RabbitClient;
import io.micronaut.rabbitmq.annotation.RabbitProperty;
import io.tallyman.billing.state.Hint;
import java.util.List;

/** Publishes hints as a JSON array on the caller's thread. They are transient and not confirmed. */
@RabbitClient(EventsExchange.NAME)
@RabbitProperty(name = "deliveryMode", value = "1")
interface HintClient {
  void publish(List<Hint> hints);
}
