package io.tallyman.billing.assignment;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.InputStream;
import java.time.LocalDate;

/** Streams billings with the ids of their managers to workers. */
@Controller("/internal/assignments")
@ExecuteOn(TaskExecutors.BLOCKING)
class AssignmentRowsController {
  private final AssignmentRows rows;

  AssignmentRowsController(AssignmentRows rows) {
    this.rows = rows;
  }

  /**
   * The billings of a range of days, both ends included, as CSV without a header. Columns: the id
   * of the vendor's manager (empty if there is none), then the columns of a billing sheet. Order:
   * by manager, rows without a manager last, then by vendor, date and id. All rows are of one
   * moment in the database; see {@link io.tallyman.billing.snapshot.Snapshot#answer}.
   */
  @Get(uri = "/rows", headRoute = false)
  @Produces(MediaType.TEXT_CSV)
  HttpResponse<InputStream> rows(@QueryValue LocalDate from, @QueryValue LocalDate to) {
    return rows.open(from, to).answer();
  }
}
