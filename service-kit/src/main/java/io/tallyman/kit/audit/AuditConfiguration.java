package io.tallyman.kit.audit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import java.time.Duration;

/**
 * @param retention how long events are kept at least; they are deleted by whole months
 */
@Context
@Requires(classes = JdbcRepository.class)
@ConfigurationProperties("tallyman.audit")
public record AuditConfiguration(@Bindable(defaultValue = "400d") Duration retention) {
  public AuditConfiguration {
    if (retention.toDays() < 1) {
      throw new IllegalArgumentException("tallyman.audit.retention must be at least 1d");
    }
  }
}
