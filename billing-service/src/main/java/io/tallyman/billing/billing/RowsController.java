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
   * The billings from one date to another, both inclusive, as CSV without a header, in the order of
   * a sheet. They are one moment of the database, which a header tells, as it does their number; a
   * stream that ends with fewer was cut off.
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
