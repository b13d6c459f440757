package io.tallyman.kit.database;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;

/**
 * The settings of the connection pools in application.yml. They are checked before the pools are
 * created, so that the error names the bad setting.
 *
 * @param password has no default
 * @param connections the maximum number of connections for ordinary requests
 * @param minConnections how many of them stay open; never more than {@code connections}
 * @param statementTimeout how long a statement of a request may take
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(classes = JdbcRepository.class)
@Requires(property = "tallyman.database.url")
@ConfigurationProperties("tallyman.database")
record DatabaseConfiguration(
    @Pattern(regexp = "jdbc:postgresql:.+", message = "must begin with jdbc:postgresql:")
        String url,
    @NotBlank String password,
    @Min(1) @Max(1000) int connections,
    @Min(0) @Max(1000) int minConnections,
    Duration statementTimeout) {
  DatabaseConfiguration {
    if (!statementTimeout.isPositive()) {
      throw new IllegalArgumentException("tallyman.database.statement-timeout must be positive");
    }
  }
}
