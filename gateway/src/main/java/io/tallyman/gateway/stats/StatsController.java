package io.tallyman.gateway.stats;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.upstream.Services;
import org.jspecify.annotations.Nullable;

/** Statistics of the tasks that were submitted in an interval, as billing-service answers. */
@Controller(Api.V1 + "/stats")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class StatsController {
  private final BillingService billingService;

  StatsController(BillingService billingService) {
    this.billingService = billingService;
  }

  @Client(id = Services.BILLING, path = "/stats")
  interface BillingService {
    @Get
    JsonNode show(@Nullable @QueryValue String from, @Nullable @QueryValue String to);
  }

  /** Passes the interval on unchanged; billing-service checks it. */
  @Get
  JsonNode show(@Nullable @QueryValue String from, @Nullable @QueryValue String to) {
    return billingService.show(from, to);
  }
}
