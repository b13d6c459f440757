package io.tallyman.kit.database;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * Checks whether the service's own database answers. Each check opens its own connection: a busy
 * pool does not make the service unready.
 */
@Singleton
@Readiness
@Requires(classes = JdbcRepository.class)
@Requires(beans = DataSource.class)
final class DatabaseHealth extends AbstractHealthIndicator<String> {
  private static final String PATIENCE_SECONDS = "2";

  private final String url;
  private final Properties access = new Properties();

  DatabaseHealth(
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") String user,
      @Property(name = "datasources.default.password") String password) {
    this.url = url;
    access.setProperty("user", user);
    access.setProperty("password", password);
    access.setProperty("connectTimeout", PATIENCE_SECONDS);
    access.setProperty("socketTimeout", PATIENCE_SECONDS);
  }

  @Override
  protected String getHealthInformation() {
    try (Connection connection = DriverManager.getConnection(url, access);
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("SHOW server_version")) {
      version.next();
      healthStatus = HealthStatus.UP;
      return "PostgreSQL " + version.getString(1);
    } catch (SQLException failure) {
      throw new DataAccessException("The database does not answer", failure);
    }
  }

  @Override
  protected String getName() {
    return "database";
  }
}
