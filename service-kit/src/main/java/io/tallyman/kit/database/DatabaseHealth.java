package io.tallyman.kit.database;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether the service's own database answers. Asks over a connection of its own, made for each
 * time: that all others are in use is no reason to send nobody here, be it for what has connections
 * kept for it.
 */
@Singleton
@Readiness
@Requires(classes = Jdbi.class)
@Requires(beans = Jdbi.class)
final class DatabaseHealth extends AbstractHealthIndicator<String> {
  private static final String PATIENCE_SECONDS = "2";

  private final Jdbi jdbi;

  DatabaseHealth(
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") String user,
      @Property(name = "datasources.default.password") String password) {
    Properties access = new Properties();
    access.setProperty("user", user);
    access.setProperty("password", password);
    access.setProperty("connectTimeout", PATIENCE_SECONDS);
    access.setProperty("socketTimeout", PATIENCE_SECONDS);
    jdbi = Jdbi.create(url, access);
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
