package io.tallyman.embedded;

import io.tallyman.embedded.PostgresServer.Durability;
import io.tallyman.embedded.process.Directories;
import io.tallyman.embedded.process.OwnerOnly;
import io.tallyman.embedded.process.Ports;
import io.tallyman.embedded.process.StartFailure;
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

/** A real PostgreSQL server with passwords, which can be reached from this machine only. */
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
   * Starts with the data in the directory, even if the previous server crashed. A server that still
   * runs there is stopped first. The data stays after {@link #close}.
   *
   * @param directory created if it is missing; only one process at a time may use it
   * @throws StartFailure with the message of PostgreSQL
   */
  public static EmbeddedDatabase start(Path directory) {
    return start(directory, directory.resolve("postgres.log"), Ports.free());
  }

  /** Like {@link #start(Path)}, with another log file and a port, which must be free. */
  public static EmbeddedDatabase start(Path directory, Path log, int port) {
    return start(directory, log, port, Durability.KEEPS, () -> {});
  }

  /** An empty server that deletes its data on {@link #close}, or when the JVM ends. */
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
      throw new UncheckedIOException("A temporary database cannot be created: " + e, e);
    }
  }

  private static EmbeddedDatabase start(
      Path directory, Path log, int port, Durability durability, Runnable afterClose) {
    try {
      OwnerOnly.makeDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be created: " + e, e);
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

  /** The JDBC address without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
  }

  /**
   * Creates the database and the role that owns it, if they are missing. Sets the password of the
   * role. No other role can connect to the database.
   */
  public void createDatabase(String name, String owner, String password) {
    try (Connection connection = connect()) {
      createRole(connection, owner, password);
      if (isMissing(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
        execute(connection, "CREATE DATABASE %I OWNER %I", name, owner);
      }
      execute(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", name);
    } catch (SQLException e) {
      throw new StartFailure("The database " + name + " cannot be created: " + e.getMessage(), e);
    }
  }

  /**
   * Creates another role that can connect to the database, if it is missing, and sets its password.
   * What it may do in the database is for the owner to decide.
   */
  public void createUser(String database, String role, String password) {
    try (Connection connection = connect()) {
      createRole(connection, role, password);
      execute(connection, "GRANT CONNECT ON DATABASE %I TO %I", database, role);
    } catch (SQLException e) {
      throw new StartFailure("The role " + role + " cannot be created: " + e.getMessage(), e);
    }
  }

  /** Ends open connections and stops the server without losing data. A second call does nothing. */
  @Override
  public synchronized void close() {
    server.stop();
    afterClose.run();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(SUPERUSER), SUPERUSER, password);
  }

  private static void createRole(Connection connection, String role, String password)
      throws SQLException {
    if (isMissing(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
      execute(connection, "CREATE ROLE %I LOGIN", role);
    }
    execute(connection, "ALTER ROLE %I PASSWORD %L", role, password);
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

  // Such statements take no parameters, so PostgreSQL quotes the identifiers and passwords.
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
