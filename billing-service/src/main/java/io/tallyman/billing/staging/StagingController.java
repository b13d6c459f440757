package io.tallyman.billing.staging;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.attempt.Attempts;
import io.tallyman.billing.snapshot.CopiedRows;
import io.tallyman.billing.snapshot.StreamConnections;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Workers stage the good rows of an import here. */
@Controller("/internal/tasks/{id}/attempts/{attempt}/staging")
@ExecuteOn(TaskExecutors.BLOCKING)
class StagingController {
  private static final String COPY =
      """
      COPY staged_billing
        (line, account_name, account_number, reference, date_billed, payable, currency,
         total_issues)
      FROM STDIN (FORMAT csv)
      """;

  private final Attempts attempts;
  private final StreamConnections connections;
  private final StagedRefusals refusals;

  StagingController(Attempts attempts, StreamConnections connections, StagedRefusals refusals) {
    this.attempts = attempts;
    this.connections = connections;
    this.refusals = refusals;
  }

  /**
   * @param rows the number of staged rows
   * @param refused how many of them cannot become billings because of their vendors
   */
  @Serdeable
  record Staged(long rows, long refused) {}

  /**
   * Stages a stream of CSV rows without a header: {@code
   * line,account_name,account_number,reference,date_billed,payable,currency,total_issues}. All rows
   * are staged, or none if the stream breaks. A repeated call replaces the rows of the first.
   */
  @Put
  @Consumes(MediaType.TEXT_CSV)
  Staged stage(UUID id, int attempt, @Nullable @Body InputStream rows) throws IOException {
    // Closes the body when this fails. Else the worker would go on sending for ever.
    try (rows;
        Handle handle = openFor(id, attempt)) {
      long staged =
          handle.<Long, IOException>inTransaction(
              transaction -> {
                prepare(transaction, id, attempt);
                return rows == null ? 0L : copy(transaction, rows);
              });
      long refused =
          handle.inTransaction(
              transaction -> {
                StagedPlan.set(transaction, staged);
                return refusals.find(transaction, id, attempt);
              });
      return new Staged(staged, refused);
    }
  }

  /**
   * The refused rows among the staged ones, as CSV {@code line,field,code,message} without a
   * header, ordered by line. The field is our name of the faulty column.
   */
  @Get(uri = "/refusals", headRoute = false)
  @Produces(MediaType.TEXT_CSV)
  InputStream refusals(UUID id, int attempt) throws SQLException {
    attempts.requireLive(id, attempt);
    Connection connection = connections.open();
    try {
      return CopiedRows.open(connections, connection, StagedRefusals.copy(id, attempt));
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private Handle openFor(UUID id, int attempt) {
    attempts.requireLive(id, attempt);
    return connections.openHandle();
  }

  private static void prepare(Handle transaction, UUID id, int attempt) {
    transaction
        .createQuery(
            """
            SELECT set_config('tallyman.task_id', :id, true),
              set_config('tallyman.attempt', :attempt, true)
            """)
        .bind("id", id.toString())
        .bind("attempt", Integer.toString(attempt))
        .mapTo(String.class)
        .one();
    transaction.execute(
        "DELETE FROM staged_billing WHERE task_id = ? AND attempt = ?", id, attempt);
  }

  private static long copy(Handle transaction, InputStream rows) throws IOException {
    try {
      return transaction.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, rows);
    } catch (SQLException failure) {
      throw new IOException("The rows could not be staged", failure);
    }
  }
}
