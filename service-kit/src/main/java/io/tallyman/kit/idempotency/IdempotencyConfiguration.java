package io.tallyman.kit.idempotency;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import java.time.Duration;

/**
 * @param retention how long an answer is kept for repeated requests
 */
@Context
@Requires(classes = JdbcRepository.class)
@ConfigurationProperties("tallyman.idempotency")
record IdempotencyConfiguration(@Bindable(defaultValue = "24h") Duration retention) {
  IdempotencyConfiguration {
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("tallyman.idempotency.retention must be positive");
    }
  }
}
