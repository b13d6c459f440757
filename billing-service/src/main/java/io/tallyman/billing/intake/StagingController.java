package io.tallyman.billing.intake;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.StreamConnections;
import io.tallyman.billing.task.Attempts;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;

/** Takes the good rows of an import's file from the attempt that reads it. */
@Controller("/internal/tasks/{id}/attempts/{attempt}/staging")
@ExecuteOn(TaskExecutors.BLOCKING)
class StagingController {
  private static final String PREPARE =
      """
      SELECT set_config('tallyman.task_id', ?, true), set_config('tallyman.attempt', ?, true)
      """;
  private static final String DELETE =
      "DELETE FROM staged_billing WHERE task_id = ? AND attempt = ?";
  private static final String COPY =
      """
      COPY staged_billing
        (line, account_name, account_number, reference, date_billed, payable, currency,
         total_issues)
      FROM STDIN (FORMAT csv)
      """;

  private final Attempts attempts;
  private final StreamConnections connections;

  StagingController(Attempts attempts, StreamConnections connections) {
    this.attempts = attempts;
    this.connections = connections;
  }

  /**
   * @param rows how many rows were staged
   */
  @Serdeable
  record Staged(long rows) {}

  /**
   * Stages a stream of rows: all of them, or none if the stream breaks. Asked again, what came
   * first is replaced.
   */
  @Put
  @Consumes(MediaType.TEXT_CSV)
  Staged stage(UUID id, int attempt, @Body InputStream rows) throws SQLException, IOException {
    attempts.requireLive(id, attempt);
    try (Connection connection = connections.open()) {
      try {
        prepare(connection, id, attempt);
        long staged = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, rows);
        connection.commit();
        return new Staged(staged);
      } catch (SQLException | IOException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    }
  }

  private static void prepare(Connection connection, UUID id, int attempt) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(PREPARE)) {
      prepared.setString(1, id.toString());
      prepared.setString(2, Integer.toString(attempt));
      prepared.executeQuery().close();
    }
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, id);
      delete.setInt(2, attempt);
      delete.executeUpdate();
    }
  }
}
