package io.tallyman.gateway.intake;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.page.Page;
import org.jspecify.annotations.Nullable;

/** Options of imports that are kept under a name, as billing-service answers. */
@Controller(Api.V1 + "/import-profiles")
@ExecuteOn(TaskExecutors.BLOCKING)
class ImportProfileController {
  private final BillingService billingService;

  ImportProfileController(BillingService billingService) {
    this.billingService = billingService;
  }

  @Client(id = Services.BILLING, path = "/import-profiles")
  interface BillingService {
    @Get
    Page<JsonNode> list(@Nullable @QueryValue String limit, @Nullable @QueryValue String cursor);

    @Get("/{name}")
    JsonNode show(String name);

    @Put("/{name}")
    JsonNode put(String name, @Body JsonNode profile);

    @Delete("/{name}")
    void delete(String name);
  }

  @Get
  @AllowedFor(Access.VIEWER)
  HttpResponse<Page<JsonNode>> list(
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      HttpRequest<?> request) {
    return LinkedPage.of(billingService.list(limit, cursor), request);
  }

  @Get("/{name}")
  @AllowedFor(Access.VIEWER)
  JsonNode show(String name) {
    return billingService.show(name);
  }

  /** Passes the profile on unchanged; billing-service checks it. */
  @Put("/{name}")
  @AllowedFor(Access.CLERK)
  JsonNode put(String name, @Body JsonNode profile) {
    return billingService.put(name, profile);
  }

  /** The answer has no body, and so no type. */
  @Delete("/{name}")
  @AllowedFor(Access.CLERK)
  @Produces(MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  void delete(String name) {
    billingService.delete(name);
  }
}
