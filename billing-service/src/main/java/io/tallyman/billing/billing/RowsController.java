package io.tallyman.billing.billing;

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
import org.jspecify.annotations.Nullable;

/** Streams billings to workers. */
@Controller("/internal/billings")
@ExecuteOn(TaskExecutors.BLOCKING)
class RowsController {
  private final BillingRows rows;

  RowsController(BillingRows rows) {
    this.rows = rows;
  }

  /**
   * The billings of a range of days, both ends included, as CSV without a header, in the order of a
   * sheet. All rows are of one moment in the database. Headers give that moment and the number of
   * rows; a stream with fewer rows was truncated. See {@link
   * io.tallyman.billing.snapshot.Snapshot#answer}.
   */
  @Get(uri = "/rows", headRoute = false)
  @Produces(MediaType.TEXT_CSV)
  HttpResponse<InputStream> rows(
      LocalDate from,
      LocalDate to,
      @Nullable @QueryValue("vendor_id") Long vendorId,
      @Nullable String currency) {
    return rows.open(new BillingRows.Selection(from, to, vendorId, currency)).answer();
  }
}
