package io.tallyman.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseTest {
  @TempDir private Path directory;

  @Test
  void dataSurvivesARestart() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      database.createDatabase("billing", "billing", "secret");
      insert(database);
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      database.createDatabase("billing", "billing", "secret");
      assertThat(count(database)).isOne();
    }
  }

  @Test
  void dataSurvivesAKilledServer() throws Exception {
    EmbeddedDatabase killed = EmbeddedDatabase.start(directory);
    killed.createDatabase("billing", "billing", "secret");
    insert(killed);
    ProcessHandle process = killed.process();
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(count(database)).isOne();
    }
  }

  @Test
  void aServerThatStillRunsGivesWay() throws SQLException {
    EmbeddedDatabase forgotten = EmbeddedDatabase.start(directory);
    forgotten.createDatabase("billing", "billing", "secret");
    insert(forgotten);
    ProcessHandle process = forgotten.process();

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      await().until(() -> !process.isAlive());
      assertThat(count(database)).isOne();
    }
  }

  @Test
  void startsThoughAnotherProcessHasTheNumberOfTheDeadServer() throws Exception {
    EmbeddedDatabase.start(directory).close();
    Files.writeString(
        directory.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(database.process().isAlive()).isTrue();
    }
  }

  @Test
  void letsNobodyInWithoutTheRightPassword() {
    try (EmbeddedDatabase database = EmbeddedDatabase.startTemporary()) {
      database.createDatabase("billing", "billing", "it's secret");
      database.createDatabase("users", "users", "secret");

      String url = database.jdbcUrl("billing");
      assertThatThrownBy(() -> DriverManager.getConnection(url, "billing", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(() -> DriverManager.getConnection(url, "users", "secret"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void aTemporaryOneLeavesNothing() {
    EmbeddedDatabase database = EmbeddedDatabase.startTemporary();
    ProcessHandle process = database.process();

    database.close();
    database.close();

    await().until(() -> !process.isAlive());
  }

  private static void insert(EmbeddedDatabase database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE billing (id bigint); INSERT INTO billing VALUES (1)");
    }
  }

  private static int count(EmbeddedDatabase database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM billing")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl("billing"), "billing", "secret");
  }
}
