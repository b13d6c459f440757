package io.tallyman.kit.database;

import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Which constraint or unique index of a table a statement ran into. */
public final class ViolatedConstraint {
  private ViolatedConstraint() {}

  /** Its name; empty if the statement failed for another reason. */
  public static Optional<String> in(UnableToExecuteStatementException failure) {
    ServerErrorMessage message =
        failure.getCause() instanceof PSQLException cause ? cause.getServerErrorMessage() : null;
    return message == null ? Optional.empty() : Optional.ofNullable(message.getConstraint());
  }
}
