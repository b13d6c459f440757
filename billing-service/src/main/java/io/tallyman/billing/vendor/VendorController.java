package io.tallyman.billing.vendor;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import java.net.URI;

@Controller("/vendors")
@ExecuteOn(TaskExecutors.BLOCKING)
class VendorController {
  private final Vendors vendors;

  VendorController(Vendors vendors) {
    this.vendors = vendors;
  }

  @Post
  HttpResponse<Vendor> add(@Body @Valid NewVendor vendor) {
    Vendor added =
        vendors.add(vendor).orElseThrow(() -> new AccountNumberTaken(vendor.accountNumber()));
    return HttpResponse.created(added, URI.create("/vendors/" + added.id()));
  }

  @Get("/{id}")
  Vendor show(long id) {
    return vendors.find(id).orElseThrow(() -> new UnknownVendor(id));
  }
}
