package io.tallyman.gateway.billing;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.page.Page;
import org.jspecify.annotations.Nullable;

/** The billings of billing-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.BILLING, path = "/billings")
interface BillingClient {
  @Post
  Billing add(@Nullable @QueryValue("on_reference") String onReference, @Body NewBilling billing);

  @Get
  Page<Billing> list(
      @Nullable @QueryValue("vendor_id") String vendorId,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue String currency,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor);

  @Get("/{id}")
  Billing show(long id);
}
