package io.tallyman.billing.snapshot;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Streams the result of a query as it is at one moment in the database. */
@Singleton
public final class Snapshots {
  private final StreamConnections connections;

  Snapshots(StreamConnections connections) {
    this.connections = connections;
  }

  /**
   * The rows to read. COPY takes no parameters, so callers put only numbers, dates and validated
   * codes into the SQL.
   *
   * @param counted what follows FROM in a query that has as many rows as {@code rows}; used to
   *     count them
   * @param settings settings of PostgreSQL's planner to switch off
   */
  public record Selection(String counted, String rows, List<String> settings) {}

  public Snapshot open(Selection selection) {
    try {
      Connection connection = connections.open();
      try {
        return open(connection, selection);
      } catch (SQLException | RuntimeException failure) {
        connection.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw new UncheckedIOException(new IOException("The rows cannot be read", failure));
    }
  }

  private Snapshot open(Connection connection, Selection selection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      for (String setting : selection.settings()) {
        statement.execute("SET LOCAL " + setting + " = off");
      }
      ResultSet first =
          statement.executeQuery("SELECT count(*), now() FROM " + selection.counted());
      first.next();
      long count = first.getLong(1);
      Instant at = first.getObject(2, OffsetDateTime.class).toInstant();
      return new Snapshot(copy(connection, selection), count, at);
    }
  }

  private InputStream copy(Connection connection, Selection selection) throws SQLException {
    return CopiedRows.open(
        connections, connection, "COPY (" + selection.rows() + ") TO STDOUT (FORMAT csv)");
  }
}
