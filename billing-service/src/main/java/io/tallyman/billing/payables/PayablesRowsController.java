package io.tallyman.billing.payables;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.currency.KnownCurrency;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Streams payables to workers. */
@Controller("/internal/payables")
@ExecuteOn(TaskExecutors.BLOCKING)
class PayablesRowsController {
  private final PayablesRows rows;

  PayablesRowsController(PayablesRows rows) {
    this.rows = rows;
  }

  /**
   * One row for each vendor and currency with billings in the year, as CSV without a header.
   * Columns: name, number, currency, twelve sums from January on, and their total. Order: by vendor
   * name, vendor id and currency. All rows are of one moment in the database; see {@link
   * io.tallyman.billing.snapshot.Snapshot#answer}.
   */
  @Get(uri = "/rows", headRoute = false)
  @Produces(MediaType.TEXT_CSV)
  HttpResponse<InputStream> rows(
      @QueryValue @Min(1) @Max(9999) int year,
      @Nullable @QueryValue @KnownCurrency String currency) {
    return rows.open(new PayablesQuery(year, currency)).answer();
  }
}
