package io.tallyman.gateway.task;

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

/** The task types with the schemas of their parameters, as billing-service answers. */
@Controller(Api.V1 + "/task-types")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskTypeController {
  private final BillingService billingService;

  TaskTypeController(BillingService billingService) {
    this.billingService = billingService;
  }

  @Client(id = Services.BILLING, path = "/task-types")
  interface BillingService {
    @Get
    JsonNode list();
  }

  @Get
  JsonNode list() {
    return billingService.list();
  }
}
