package io.tallyman.gateway.payables;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.kit.page.Page;
import org.jspecify.annotations.Nullable;

@Controller(Api.V1 + "/payables")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class PayablesController {
  private final PayablesClient payables;

  PayablesController(PayablesClient payables) {
    this.payables = payables;
  }

  @Get
  Payables show(@Nullable @QueryValue String year, @Nullable @QueryValue String currency) {
    return payables.show(year, currency);
  }

  @Get("/vendors")
  HttpResponse<Page<VendorPayables>> vendors(
      @Nullable @QueryValue String year,
      @Nullable @QueryValue String currency,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      HttpRequest<?> request) {
    return LinkedPage.of(payables.vendors(year, currency, limit, cursor), request);
  }
}
