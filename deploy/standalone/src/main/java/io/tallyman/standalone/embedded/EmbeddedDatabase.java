package io.tallyman.standalone.embedded;

import io.tallyman.standalone.embedded.PostgresServer.Durability;
import io.tallyman.standalone.process.Directories;
import io.tallyman.standalone.process.Ports;
import io.tallyman.standalone.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL of our own, reachable from this machine only, with passwords. */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String SUPERUSER = "postgres";

  private final PostgresServer server;
  private final String password;
  private final Runnable afterClose;

  private EmbeddedDatabase(PostgresServer server, String password, Runnable afterClose) {
    this.server = server;
    this.password = password;
    this.afterClose = afterClose;
  }

  /**
   * Starts on what the directory holds, however the server that used it before came to its end; one
   * that still runs there is stopped first. The data stays there after {@link #close}.
   *
   * @param directory made when it is missing; used by one process at a time
   * @throws StartFailure with what PostgreSQL said
   */
  public static EmbeddedDatabase start(Path directory) {
    return start(directory, directory.resolve("postgres.log"), Ports.free());
  }

  /** As {@link #start(Path)}, with its log elsewhere and on a port that has to be free. */
  public static EmbeddedDatabase start(Path directory, Path log, int port) {
    return start(directory, log, port, Durability.KEEPS, () -> {});
  }

  /** An empty server that forgets everything on {@link #close}, at the latest when the JVM ends. */
  public static EmbeddedDatabase startTemporary() {
    try {
      Path directory = Files.createTempDirectory("tallyman-database-");
      EmbeddedDatabase database =
          start(
              directory,
              directory.resolve("postgres.log"),
              Ports.free(),
              Durability.FORGETS,
              () -> Directories.delete(directory));
      Runtime.getRuntime().addShutdownHook(new Thread(database::close, "forget-database"));
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException("There is no room for a temporary database: " + e, e);
    }
  }

  private static EmbeddedDatabase start(
      Path directory, Path log, int port, Durability durability, Runnable afterClose) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be made: " + e, e);
    }
    Path passwordFile = directory.resolve("password");
    String password = KeptPassword.in(passwordFile);
    PostgresServer server = new PostgresServer(directory, log, port, durability);
    server.initialize(SUPERUSER, passwordFile);
    server.start();
    return new EmbeddedDatabase(server, password, afterClose);
  }

  public int port() {
    return server.port();
  }

  /** The process of the server, which is not a child of this one. */
  public ProcessHandle process() {
    return server.process();
  }

  /** Without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
  }

  /**
   * Makes the database and the role that owns it, where they are missing; the role has this
   * password afterwards in any case. No other role can connect to the database.
   */
  public void createDatabase(String name, String owner, String password) {
    try (Connection connection =
        DriverManager.getConnection(jdbcUrl(SUPERUSER), SUPERUSER, this.password)) {
      if (isMissing(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", owner)) {
        execute(connection, "CREATE ROLE %I LOGIN", owner);
      }
      execute(connection, "ALTER ROLE %I PASSWORD %L", owner, password);
      if (isMissing(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
        execute(connection, "CREATE DATABASE %I OWNER %I", name, owner);
      }
      execute(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", name);
    } catch (SQLException e) {
      throw new StartFailure("The database " + name + " cannot be made: " + e.getMessage(), e);
    }
  }

  /** Ends the connections that are still open, loses nothing; does nothing the second time. */
  @Override
  public synchronized void close() {
    server.stop();
    afterClose.run();
  }

  private static boolean isMissing(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return !row.next();
      }
    }
  }

  // Neither identifiers nor passwords can be parameters of such statements: PostgreSQL quotes them.
  private static void execute(Connection connection, String template, String... values)
      throws SQLException {
    String sql;
    try (PreparedStatement format =
        connection.prepareStatement("SELECT format(?, VARIADIC ?::text[])")) {
      format.setString(1, template);
      format.setArray(2, connection.createArrayOf("text", values));
      try (ResultSet row = format.executeQuery()) {
        row.next();
        sql = row.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
