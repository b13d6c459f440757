package io.tallyman.billing.vendor;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.idempotency.KeptAnswers;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.jspecify.annotations.Nullable;

@Controller("/vendors")
@ExecuteOn(TaskExecutors.BLOCKING)
class VendorController {
  private final Vendors vendors;
  private final VendorList list;
  private final VendorChanges changes;
  private final KeptAnswers answers;

  VendorController(Vendors vendors, VendorList list, VendorChanges changes, KeptAnswers answers) {
    this.vendors = vendors;
    this.list = list;
    this.changes = changes;
    this.answers = answers;
  }

  @Post
  HttpResponse<?> add(HttpRequest<?> request, @Body @Valid NewVendor vendor) {
    return answers.once(
        request,
        vendor,
        () -> {
          Vendor added = changes.add(vendor);
          return HttpResponse.created(added, URI.create("/vendors/" + added.id()));
        });
  }

  /**
   * @param accountName the exact, whole name
   */
  @Get
  Page<Vendor> list(
      @Nullable
          @QueryValue("account_name")
          @Pattern(regexp = NewVendor.NO_NUL, message = "must not contain a NUL character")
          String accountName,
      @Nullable @QueryValue("manager_id") Long managerId,
      PageRequest page) {
    return list.page(new VendorList.Filter(accountName, managerId), page);
  }

  @Get("/{id}")
  Vendor show(long id) {
    return vendors.findById(id).orElseThrow(() -> new UnknownVendor(id));
  }

  @Patch("/{id}")
  Vendor change(long id, @Body ChangedVendor change) {
    return changes.change(id, change);
  }
}
