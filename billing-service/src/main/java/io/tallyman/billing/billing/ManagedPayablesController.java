package io.tallyman.billing.billing;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.SummingQueries;

/** Sums for the gateway, which shows them together with the user. */
@Controller("/managers")
@ExecuteOn(TaskExecutors.BLOCKING)
class ManagedPayablesController {
  private final SummingQueries queries;
  private final Billings billings;

  ManagedPayablesController(SummingQueries queries, Billings billings) {
    this.queries = queries;
    this.billings = billings;
  }

  @Get("/{managerId}/payables")
  ManagedPayables payables(long managerId) {
    return new ManagedPayables(queries.inTransaction(() -> billings.managedBy(managerId)));
  }
}
