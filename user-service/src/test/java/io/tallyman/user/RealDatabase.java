package io.tallyman.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Runs a test on a real PostgreSQL, which all tests of this JVM share. The service's role does not
 * own the tables.
 */
public interface RealDatabase extends TestPropertyProvider {
  String OWNER = "users_owner";
  EmbeddedDatabase DATABASE = start();

  @Override
  default Map<String, String> getProperties() {
    return Map.of(
        "tallyman.database.url",
        DATABASE.jdbcUrl("users"),
        "tallyman.database.password",
        "users",
        "tallyman.database.owner-user",
        OWNER,
        "tallyman.database.owner-password",
        OWNER,
        "micronaut.http.client.exception-on-error-status",
        "false",
        "micronaut.http.client.read-timeout",
        "60s");
  }

  /** Runs statements on the service's database, as the owner of the tables. */
  static void execute(String sql) {
    execute(sql, OWNER);
  }

  /**
   * Runs statements on the service's database.
   *
   * @param role {@link #OWNER}, or {@code users} for the role of the service
   */
  static void execute(String sql, String role) {
    try (Connection connection = connect(role);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  /**
   * Replaces all users by Ada, whose id is 1, and Ben, whose id is 2.
   *
   * @param rolesOfAda such as {@code CLERK,VIEWER}
   */
  static void addAdaAndBen(String rolesOfAda, String rolesOfBen) {
    execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Ada', 'ada@example.org', 'ada.okafor', 'hash', '{%s}'),
               ('Ben', 'ben@example.org', 'ben.wood', 'hash', '{%s}')
        """
            .formatted(rolesOfAda, rolesOfBen));
  }

  /** The single value that a query of the service returns. */
  static String value(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      assertThat(found.next()).isTrue();
      String value = found.getString(1);
      assertThat(found.next()).isFalse();
      return value;
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Whether one statement that begins like this waits for a lock. */
  static boolean isWaiting(String statement) {
    return value(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND query LIKE '%s%%'
            """
                .formatted(statement))
        .equals("1");
  }

  /** A new connection to the service's database, with the role of the service. */
  static Connection connect() throws SQLException {
    return connect("users");
  }

  private static Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(DATABASE.jdbcUrl("users"), role, role);
  }

  private static EmbeddedDatabase start() {
    EmbeddedDatabase database = EmbeddedDatabase.startTemporary();
    database.createDatabase("users", OWNER, OWNER);
    database.createUser("users", "users", "users");
    return database;
  }
}
