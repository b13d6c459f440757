package io.tallyman.gateway.vendor;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.page.Page;
import org.jspecify.annotations.Nullable;

/** The vendors of billing-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.BILLING, path = "/vendors")
public interface VendorClient {
  @Post
  Vendor add(@Body NewVendor vendor);

  @Get
  Page<Vendor> list(
      @Nullable @QueryValue("account_name") String accountName,
      @Nullable @QueryValue("manager_id") String managerId,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor);

  @Get("/{id}")
  Vendor show(long id);

  @Patch("/{id}")
  Vendor change(long id, @Body ChangedVendor change);
}
