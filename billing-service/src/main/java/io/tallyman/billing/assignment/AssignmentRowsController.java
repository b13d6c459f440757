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
   * The billings from one date to another, both inclusive, as CSV without a header: the id of the
   * vendor's manager (nothing where there is none), and what a billing sheet has. They are ordered
   * by manager, those without one last, then by vendor, date and id, and are one moment of the
   * database; see {@link io.tallyman.billing.snapshot.Snapshot#answer}.
   */
  @Get(uri = "/rows", headRoute = false)
  @Produces(MediaType.TEXT_CSV)
  HttpResponse<InputStream> rows(@QueryValue LocalDate from, @QueryValue LocalDate to) {
    return rows.open(from, to).answer();
  }
}
