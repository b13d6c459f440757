package io.tallyman.gateway.vendor;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;

/** The vendors of billing-service; what it refuses is thrown as it told it. */
@Client(id = "billing-service", path = "/vendors")
interface VendorClient {
  @Post
  Vendor add(@Body NewVendor vendor);

  @Get("/{id}")
  Vendor show(long id);
}
