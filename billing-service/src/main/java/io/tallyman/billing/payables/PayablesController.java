package io.tallyman.billing.payables;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.currency.KnownCurrency;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is owed in a year according to the current billings. A sheet, in contrast, never
 * changes.
 */
@Controller("/payables")
@ExecuteOn(TaskExecutors.BLOCKING)
class PayablesController {
  private final Payables payables;
  private final VendorPayables vendors;

  PayablesController(Payables payables, VendorPayables vendors) {
    this.payables = payables;
    this.vendors = vendors;
  }

  @Get
  Payables.Year show(
      @QueryValue @Min(1) @Max(9999) int year,
      @Nullable @QueryValue @KnownCurrency String currency) {
    return payables.year(new PayablesQuery(year, currency));
  }

  @Get("/vendors")
  Page<VendorPayables.VendorYear> vendors(
      @QueryValue @Min(1) @Max(9999) int year,
      @Nullable @QueryValue @KnownCurrency String currency,
      PageRequest page) {
    return vendors.page(new PayablesQuery(year, currency), page);
  }
}
