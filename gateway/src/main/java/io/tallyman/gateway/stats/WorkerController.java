package io.tallyman.gateway.stats;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.upstream.Services;

/** The live workers and their attempts, as billing-service answers. */
@Controller(Api.V1 + "/workers")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class WorkerController {
  private final BillingService billingService;

  WorkerController(BillingService billingService) {
    this.billingService = billingService;
  }

  @Client(id = Services.BILLING, path = "/workers")
  interface BillingService {
    @Get
    JsonNode list();
  }

  @Get
  JsonNode list() {
    return billingService.list();
  }
}
