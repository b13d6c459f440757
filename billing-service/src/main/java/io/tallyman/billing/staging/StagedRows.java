package io.tallyman.billing.staging;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.attempt.RunningChecks;
import io.tallyman.billing.snapshot.CopiedRows;
import io.tallyman.billing.snapshot.StreamConnections;
import io.tallyman.kit.problem.IncompleteBody;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The staged rows of attempts, and which of them are refused. */
@Singleton
final class StagedRows {
  private static final String COPY =
      """
      COPY staged_billing
        (line, account_name, account_number, reference, date_billed, payable, currency,
         total_issues)
      FROM STDIN (FORMAT csv)
      """;

  private final StreamConnections connections;
  private final StagedRefusals refusals;
  private final RunningChecks checks;

  StagedRows(StreamConnections connections, StagedRefusals refusals, RunningChecks checks) {
    this.connections = connections;
    this.refusals = refusals;
    this.checks = checks;
  }

  /**
   * @param rows the number of staged rows
   * @param refused how many of them cannot become billings because of their vendors
   */
  @Serdeable
  record Staged(long rows, long refused) {}

  /**
   * Replaces the staged rows of an attempt. All rows are staged, or none if the stream breaks.
   *
   * @param rows CSV without a header; null if there are none
   * @throws IncompleteBody if the rows are a malformed body
   */
  Staged replace(UUID taskId, int attempt, @Nullable InputStream rows) throws IOException {
    try (Handle handle = connections.openHandle()) {
      long staged =
          handle.<Long, IOException>inTransaction(
              transaction -> {
                prepare(transaction, taskId, attempt);
                return rows == null ? 0L : copy(transaction, rows);
              });
      long refused =
          checks.during(
              taskId,
              attempt,
              () ->
                  handle.inTransaction(
                      transaction -> {
                        StagedPlan.set(transaction, staged);
                        return refusals.find(transaction, taskId, attempt, staged);
                      }));
      return new Staged(staged, refused);
    }
  }

  /** Opens the refused rows of an attempt as CSV, ordered by line. */
  InputStream openRefusals(UUID taskId, int attempt) throws SQLException {
    Connection connection = connections.open();
    try {
      return CopiedRows.open(connections, connection, StagedRefusals.copy(taskId, attempt));
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private static void prepare(Handle transaction, UUID taskId, int attempt) {
    transaction
        .createQuery(
            """
            SELECT set_config('tallyman.task_id', :id, true),
              set_config('tallyman.attempt', :attempt, true)
            """)
        .bind("id", taskId.toString())
        .bind("attempt", Integer.toString(attempt))
        .mapTo(String.class)
        .one();
    transaction.execute(
        "DELETE FROM staged_billing WHERE task_id = ? AND attempt = ?", taskId, attempt);
  }

  private static long copy(Handle transaction, InputStream rows) throws IOException {
    try {
      return transaction.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, rows);
    } catch (SQLException | IOException failure) {
      IncompleteBody.throwIfCauseOf(failure);
      throw new IOException("The rows could not be staged", failure);
    }
  }
}
