package io.tallyman.kit.migration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.exceptions.ConfigurationException;
import io.tallyman.kit.audit.AuditConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class OwnerMigrationsTest {
  @Test
  void passwordOfAnOwnerWithoutANameIsRefused() {
    AuditConfiguration audit = new AuditConfiguration(Duration.ofDays(1));

    assertThatThrownBy(
            () -> new OwnerMigrations("jdbc:postgresql://localhost/x", "x", "", "secret", audit))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("tallyman.database.owner-user must be set");
  }
}
