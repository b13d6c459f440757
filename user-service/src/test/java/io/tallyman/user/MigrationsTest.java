package io.tallyman.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
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
        .isEqualTo(
            "1 1258524757, 3 1638500797, 4 1697047099, 5 -448924907, 6 -651810096, 7 501062981,"
                + " 8 1716729059, 9 -1809826182, 10 1250320217, 11 1414478350,"
                + " 12 972646675, 13 890372787, 14 -380862072, 15 1751690144");
  }

  @Test
  void roleFinanceOfAnEarlierVersionBecomesClerk() throws SQLException {
    RealDatabase.DATABASE.createDatabase("earlier", "earlier", "earlier");
    String url = RealDatabase.DATABASE.jdbcUrl("earlier");
    migrate(url, "3");
    try (Connection connection = DriverManager.getConnection(url, "earlier", "earlier");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO account (name, email, username, password_hash, roles)
          VALUES ('Ada', 'ada@example.org', 'ada', 'hash', '{ADMIN,FINANCE,VIEWER}'),
                 ('Ben', 'ben@example.org', 'ben', 'hash', '{VIEWER}'),
                 ('Eve', 'eve@example.org', 'eve', 'hash', '{}')
          """);
      migrate(url, "4");
      try (ResultSet roles =
          statement.executeQuery("SELECT string_agg(roles::text, ' ' ORDER BY id) FROM account")) {
        roles.next();
        assertThat(roles.getString(1)).isEqualTo("{ADMIN,CLERK,VIEWER} {VIEWER} {}");
      }
    }
  }

  private static void migrate(String url, String version) {
    Flyway.configure().dataSource(url, "earlier", "earlier").target(version).load().migrate();
  }
}
