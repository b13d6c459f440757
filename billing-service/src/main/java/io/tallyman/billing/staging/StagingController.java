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
import io.tallyman.billing.attempt.Attempts;
import io.tallyman.billing.staging.StagedRows.Staged;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workers stage the good rows of an import here. */
@Controller("/internal/tasks/{id}/attempts/{attempt}/staging")
@ExecuteOn(TaskExecutors.BLOCKING)
class StagingController {
  private final Attempts attempts;
  private final StagedRows staged;

  StagingController(Attempts attempts, StagedRows staged) {
    this.attempts = attempts;
    this.staged = staged;
  }

  /**
   * Stages a stream of CSV rows without a header: {@code
   * line,account_name,account_number,reference,date_billed,payable,currency,total_issues}. All rows
   * are staged, or none if the stream breaks. A repeated call replaces the rows of the first.
   */
  @Put
  @Consumes(MediaType.TEXT_CSV)
  Staged stage(UUID id, int attempt, @Nullable @Body InputStream rows) throws IOException {
    // Closes the body when this fails. Else the worker would go on sending for ever.
    try (rows) {
      attempts.requireLive(id, attempt);
      return staged.replace(id, attempt, rows);
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
    return staged.openRefusals(id, attempt);
  }
}
