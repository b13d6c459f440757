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

/** The bounded connections of long streams, apart from those of claims and heartbeats. */
@Singleton
public final class StreamConnections {
  private static final Logger LOG = LoggerFactory.getLogger(StreamConnections.class);

  private final DataSource streams;
  private final Jdbi jdbi;

  StreamConnections(@Named("streams") DataSource streams, @Named("streams") Jdbi jdbi) {
    this.streams = DelegatingDataSource.unwrapDataSource(streams);
    this.jdbi = jdbi;
    // Staging a large file takes as long as its sender, so these transactions have no timeout.
    jdbi.setTransactionHandler(LocalTransactionHandler.binding());
  }

  /**
   * Opens one for transactions.
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
   * Opens one for a stream to a client, without auto-commit.
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
   * Ends a connection for good, whatever it is in the middle of; safe while another thread uses it,
   * which then fails.
   */
  public void discard(Connection connection) throws SQLException {
    connection.unwrap(PgConnection.class).abort(Runnable::run);
    try {
      connection.close();
    } catch (SQLException aborted) {
      LOG.debug("The pool let go of an aborted connection", aborted);
    }
  }

  private static final class StreamsBusy extends Refusal {
    static final ProblemType TYPE =
        new ProblemType("streams-busy", "All streams are in use", HttpStatus.SERVICE_UNAVAILABLE);

    private static final long serialVersionUID = 1L;

    StreamsBusy() {
      super(TYPE, "As many streams are open as this service has connections for; try again soon.");
    }
  }
}
