package io.tallyman.gateway.billing;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.kit.page.Page;
import java.net.URI;
import org.jspecify.annotations.Nullable;

@Controller(Api.V1 + "/billings")
@ExecuteOn(TaskExecutors.BLOCKING)
class BillingController {
  private final BillingClient billings;

  BillingController(BillingClient billings) {
    this.billings = billings;
  }

  @Post
  @AllowedFor(Access.CLERK)
  HttpResponse<Billing> add(
      @Nullable @QueryValue("on_reference") String onReference, @Body NewBilling billing) {
    Billing added = billings.add(onReference, billing);
    return HttpResponse.created(added, URI.create(Api.V1 + "/billings/" + added.id()));
  }

  @Get
  @AllowedFor(Access.VIEWER)
  HttpResponse<Page<Billing>> list(
      @Nullable @QueryValue("vendor_id") String vendorId,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue String currency,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      HttpRequest<?> request) {
    return LinkedPage.of(billings.list(vendorId, from, to, currency, limit, cursor), request);
  }

  @Get("/{id}")
  @AllowedFor(Access.VIEWER)
  Billing show(long id) {
    return billings.show(id);
  }
}
