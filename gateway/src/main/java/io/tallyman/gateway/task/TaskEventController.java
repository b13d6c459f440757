package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.upstream.Services;
import java.util.UUID;

/** The events of a task: every change of its status, as billing-service answers. */
@Controller(Api.V1 + "/tasks/{id}/events")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskEventController {
  private final BillingService billingService;

  TaskEventController(BillingService billingService) {
    this.billingService = billingService;
  }

  @Client(id = Services.BILLING, path = "/tasks")
  interface BillingService {
    @Get("/{id}/events")
    JsonNode show(UUID id);
  }

  @Get
  JsonNode show(UUID id) {
    return billingService.show(id);
  }
}
