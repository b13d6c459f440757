package io.tallyman.gateway.payables;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.page.Page;
import org.jspecify.annotations.Nullable;

/** The payables of billing-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.BILLING, path = "/payables")
interface PayablesClient {
  @Get
  Payables show(@Nullable @QueryValue String year, @Nullable @QueryValue String currency);

  @Get("/vendors")
  Page<VendorPayables> vendors(
      @Nullable @QueryValue String year,
      @Nullable @QueryValue String currency,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor);
}
