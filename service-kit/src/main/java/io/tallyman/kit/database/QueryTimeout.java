package io.tallyman.kit.database;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

/** PostgreSQL cancelled a statement because it took longer than the caller waits. */
final class QueryTimeout extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "query-timeout", "The database query took too long", HttpStatus.SERVICE_UNAVAILABLE);

  /** The SQL states {@code query_canceled} and {@code lock_not_available}. */
  private static final List<String> STATES = List.of("57014", "55P03");

  private static final long serialVersionUID = 1L;

  QueryTimeout() {
    super(
        TYPE,
        "The query took too long and was cancelled. Try again later, or request less, such as one"
            + " currency or a shorter range.");
  }

  static boolean caused(Throwable failure) {
    return SqlStates.areIn(failure, STATES);
  }
}
