package io.tallyman.billing.amqp;

import io.micronaut.rabbitmq.annotation.RabbitClient;
import io.micronaut.rabbitmq.annotation.RabbitProperty;
import io.tallyman.billing.state.TaskProgress;

/** Publishes progress as JSON on the caller's thread. It is transient and not confirmed. */
@RabbitClient(ProgressExchange.NAME)
@RabbitProperty(name = "deliveryMode", value = "1")
interface ProgressClient {
  void publish(TaskProgress progress);
}
