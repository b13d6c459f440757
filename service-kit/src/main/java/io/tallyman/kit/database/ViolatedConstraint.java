package io.tallyman.kit.database;

import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The constraint or unique index that a statement violated. */
public final class ViolatedConstraint {
  private ViolatedConstraint() {}

  /** Its name; empty if the statement failed for another reason. */
  public static Optional<String> in(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(PSQLException.class::isInstance)
        .map(cause -> ((PSQLException) cause).getServerErrorMessage())
        .filter(message -> message != null)
        .findFirst()
        .map(ServerErrorMessage::getConstraint);
  }
}
