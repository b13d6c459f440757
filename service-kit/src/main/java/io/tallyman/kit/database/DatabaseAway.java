package io.tallyman.kit.database;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.exceptions.NoConnectionException;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;

/** The database is away or restarts, or no connection is free. The request is not at fault. */
final class DatabaseAway extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "database-unavailable", "The database does not answer", HttpStatus.SERVICE_UNAVAILABLE);

  /**
   * Prefixes of SQL states: connection errors, the server stops or starts, too many connections.
   */
  private static final List<String> STATES = List.of("08", "57P", "53300");

  private static final long serialVersionUID = 1L;

  DatabaseAway() {
    super(TYPE, "The database of this service does not answer. Try again in a moment.");
  }

  /** Whether the failure was caused by it. */
  static boolean caused(Throwable failure) {
    return says(failure).isPresent();
  }

  /**
   * Only the first line of the error: the driver puts the position in the statement on a second
   * line.
   */
  static String reason(Throwable failure) {
    return says(failure).orElse(failure).toString().lines().findFirst().orElse("");
  }

  private static Optional<Throwable> says(Throwable failure) {
    return SqlStates.causes(failure).filter(DatabaseAway::isIt).findFirst();
  }

  private static boolean isIt(Throwable cause) {
    return cause instanceof SQLTransientConnectionException
        || isBrokenConnection(cause)
        || SqlStates.isOf(cause, STATES);
  }

  /**
   * Micronaut resets a connection before it returns it to the pool. If the reset fails, its
   * exception hides why the connection broke.
   */
  private static boolean isBrokenConnection(Throwable cause) {
    return cause instanceof ConnectionException && !(cause instanceof NoConnectionException);
  }
}
