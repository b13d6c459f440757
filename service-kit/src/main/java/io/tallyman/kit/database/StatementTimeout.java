package io.tallyman.kit.database;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.tallyman.kit.request.Deadline;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets PostgreSQL cancel a statement of a request when the caller has given up, or after {@code
 * tallyman.database.statement-timeout}, whichever comes first. Work that no request waits for, such
 * as a sweep or the apply of an import, has no timeout.
 */
@Singleton
@Requires(classes = JdbcRepository.class)
@Requires(beans = DatabaseConfiguration.class)
public final class StatementTimeout {
  private final Duration most;

  StatementTimeout(DatabaseConfiguration configuration) {
    this.most = configuration.statementTimeout();
  }

  /**
   * Sets the timeout for each statement of the current transaction.
   *
   * @param transaction a connection without auto-commit; the setting ends with its transaction
   */
  public void set(Connection transaction) throws SQLException {
    Optional<HttpRequest<Object>> request = ServerRequestContext.currentRequest();
    if (request.isEmpty()) {
      return;
    }
    // 0 would mean that there is no timeout.
    long millis = Math.max(1, of(request.get()).toMillis());
    try (PreparedStatement statement =
        transaction.prepareStatement("SELECT set_config('statement_timeout', ?, true)")) {
      statement.setString(1, Long.toString(millis));
      statement.execute();
    }
  }

  private Duration of(HttpRequest<?> request) {
    return Deadline.remaining(request).filter(left -> left.compareTo(most) < 0).orElse(most);
  }
}
