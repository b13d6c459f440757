package io.tallyman.gateway.vendor;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.account.UserClient;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.patch.Change;
import io.tallyman.kit.problem.ProblemType;
import java.net.URI;
import org.jspecify.annotations.Nullable;

@Controller(Api.V1 + "/vendors")
@ExecuteOn(TaskExecutors.BLOCKING)
class VendorController {
  private static final URI UNKNOWN_USER = ProblemType.uri("unknown-user");

  private final VendorClient vendors;
  private final UserClient users;

  VendorController(VendorClient vendors, UserClient users) {
    this.vendors = vendors;
    this.users = users;
  }

  @Post
  @AllowedFor(Access.CLERK)
  HttpResponse<Vendor> add(@Body NewVendor vendor) {
    requireUser(vendor.managerId());
    Vendor added = vendors.add(vendor);
    return HttpResponse.created(added, URI.create(Api.V1 + "/vendors/" + added.id()));
  }

  @Get
  @AllowedFor(Access.VIEWER)
  HttpResponse<Page<Vendor>> list(
      @Nullable @QueryValue("account_name") String accountName,
      @Nullable @QueryValue("manager_id") String managerId,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      HttpRequest<?> request) {
    return LinkedPage.of(vendors.list(accountName, managerId, limit, cursor), request);
  }

  @Get("/{id}")
  @AllowedFor(Access.VIEWER)
  Vendor show(long id) {
    return vendors.show(id);
  }

  @Patch("/{id}")
  @AllowedFor(Access.CLERK)
  @Consumes({MediaType.APPLICATION_JSON, Change.MERGE_PATCH})
  Vendor change(long id, @Body ChangedVendor change) {
    requireUser(change.managerId().value());
    return vendors.change(id, change);
  }

  private void requireUser(@Nullable Long managerId) {
    if (managerId == null) {
      return;
    }
    try {
      users.show(managerId);
    } catch (UpstreamProblem refusal) {
      throw refusal.type().equals(UNKNOWN_USER) ? new ManagerUnknown(managerId) : refusal;
    }
  }
}
