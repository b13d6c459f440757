package io.tallyman.kit.migration;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.flyway.FlywayConfigurationCustomizer;
import io.tallyman.kit.audit.AuditConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the owner of the tables carry out the migrations, if it is another role than that of the
 * service. A url of Flyway's own ({@code flyway.datasources.default.url}) does not help: the
 * framework then migrates a second time, as the role of the service.
 */
@Singleton
@Named(OwnerMigrations.DATABASE)
@Requires(classes = FlywayConfigurationCustomizer.class)
final class OwnerMigrations implements FlywayConfigurationCustomizer {
  static final String DATABASE = "default";
  private static final Logger LOG = LoggerFactory.getLogger(OwnerMigrations.class);

  private final String url;
  private final String role;
  private final String owner;
  private final String ownerPassword;
  private final AuditConfiguration audit;

  /**
   * @param role the role of the service
   * @param ownerPassword if it is empty, the role of the service is the owner
   */
  OwnerMigrations(
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") String role,
      @Property(name = "tallyman.database.owner-user") String owner,
      @Property(name = "tallyman.database.owner-password") String ownerPassword,
      AuditConfiguration audit) {
    if (owner.isBlank() && !ownerPassword.isBlank()) {
      throw new ConfigurationException(
          "tallyman.database.owner-user must be set, because tallyman.database.owner-password is");
    }
    this.url = url;
    this.role = role;
    this.owner = owner;
    this.ownerPassword = ownerPassword;
    this.audit = audit;
  }

  @Override
  public String getName() {
    return DATABASE;
  }

  @Override
  public void customizeFluentConfiguration(FluentConfiguration migrations) {
    if (ownerPassword.isBlank()) {
      LOG.info(
          "{} owns the tables, because tallyman.database.owner-password is not set. So it could"
              + " change audit events.",
          role);
      return;
    }
    LOG.info("{} owns the tables, and {} only uses them.", owner, role);
    migrations
        .dataSource(url, owner, ownerPassword)
        .callbacks(new RolePermissions(role, audit.retention()));
  }
}
