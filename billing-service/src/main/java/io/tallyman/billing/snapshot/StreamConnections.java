package io.tallyman.billing.snapshot;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded connection pool for long streams. Claims and heartbeats have another pool, so streams
 * cannot delay them.
 */
@Singleton
public final class StreamConnections {
  private static final Logger LOG = LoggerFactory.getLogger(StreamConnections.class);

  private final DataSource streams;
  private final Jdbi jdbi;

  StreamConnections(@Named("streams") DataSource streams, @Named("streams") Jdbi jdbi) {
    this.streams = DelegatingDataSource.unwrapDataSource(streams);
    this.jdbi = jdbi;
    // No transaction timeout: staging a large file takes as long as the worker takes to send it.
    jdbi.setTransactionHandler(LocalTransactionHandler.binding());
  }

  /**
   * Opens a connection for transactions.
   *
   * @throws StreamsBusy if all are in use
   */
  public Handle openHandle() {
    try {
      return jdbi.open();
    } catch (ConnectionException failure) {
      throw failure.getCause() instanceof SQLTransientConnectionException
          ? new StreamsBusy()
          : failure;
    }
  }

  /**
   * Opens a connection with auto-commit off, for a stream to a client.
   *
   * @throws StreamsBusy if all are in use
   */
  public Connection open() throws SQLException {
    try {
      Connection connection = streams.getConnection();
      try {
        connection.setAutoCommit(false);
        return connection;
      } catch (SQLException failure) {
        connection.close();
        throw failure;
      }
    } catch (SQLTransientConnectionException usedUp) {
      throw new StreamsBusy();
    }
  }

  /**
   * Aborts a connection, whatever it is doing, and removes it from the pool. Another thread may be
   * using it; that thread then fails.
   */
  public void discard(Connection connection) throws SQLException {
    connection.unwrap(PgConnection.class).abort(Runnable::run);
    try {
      connection.close();
    } catch (SQLException aborted) {
      LOG.debug("The pool has removed an aborted connection", aborted);
    }
  }

  private static final class StreamsBusy extends Refusal {
    static final ProblemType TYPE =
        new ProblemType(
            "streams-busy",
            "All connections for streams are in use",
            HttpStatus.SERVICE_UNAVAILABLE);

    private static final long serialVersionUID = 1L;

    StreamsBusy() {
      super(TYPE, "All database connections for streams are in use. Try again in a few seconds.");
    }
  }
}
