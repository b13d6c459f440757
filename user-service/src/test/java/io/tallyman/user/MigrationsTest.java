package io.tallyman.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The checksums that Flyway has stored in the databases of earlier versions. It does not start on
 * such a database if a migration that was applied there has another checksum now. So a migration is
 * never edited: a change of the schema is a new migration, whose checksum is added here.
 */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MigrationsTest implements RealDatabase {

  @Test
  void databaseOfAnEarlierVersionHasTheSameMigrations() {
    assertThat(
            RealDatabase.value(
                """
                SELECT string_agg(version || ' ' || checksum, ', ' ORDER BY installed_rank)
                FROM flyway_schema_history
                """))
        .isEqualTo("1 1258524757, 3 1638500797");
  }
}
