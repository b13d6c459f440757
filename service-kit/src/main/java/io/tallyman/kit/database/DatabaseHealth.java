package io.tallyman.kit.database;

import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether the service's own database answers. Asks over the connections of ordinary requests alone:
 * that those of long streams are all in use is no reason to send nobody here.
 */
@Singleton
@Readiness
@Requires(classes = Jdbi.class)
@Requires(beans = Jdbi.class)
final class DatabaseHealth extends AbstractHealthIndicator<String> {
  private final Jdbi jdbi;

  DatabaseHealth(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  protected String getHealthInformation() {
    String version =
        jdbi.withHandle(
            handle -> handle.createQuery("SHOW server_version").mapTo(String.class).one());
    healthStatus = HealthStatus.UP;
    return "PostgreSQL " + version;
  }

  @Override
  protected String getName() {
    return "database";
  }
}
