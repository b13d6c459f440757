package io.tallyman.kit.database;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/** PostgreSQL cancelled a statement because it took longer than the caller waits. */
final class QueryTimeout extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "query-timeout", "The database query took too long", HttpStatus.SERVICE_UNAVAILABLE);

  /** The SQL states {@code query_canceled} and {@code lock_not_available}. */
  private static final Set<String> STATES = Set.of("57014", "55P03");

  private static final long serialVersionUID = 1L;

  QueryTimeout() {
    super(
        TYPE,
        "The query took too long and was cancelled. Try again later, or request less, such as one"
            + " currency or a shorter range.");
  }

  static boolean caused(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> isIt(cause));
  }

  private static boolean isIt(Throwable cause) {
    return cause instanceof SQLException sql
        && sql.getSQLState() != null
        && STATES.contains(sql.getSQLState());
  }
}
