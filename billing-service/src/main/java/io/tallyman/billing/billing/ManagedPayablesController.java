package io.tallyman.billing.billing;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.database.AggregateQueries;

/** Sums for the gateway, which shows them together with the user. */
@Controller("/managers")
@ExecuteOn(TaskExecutors.BLOCKING)
class ManagedPayablesController {
  private final AggregateQueries queries;
  private final Billings billings;

  ManagedPayablesController(AggregateQueries queries, Billings billings) {
    this.queries = queries;
    this.billings = billings;
  }

  @Get("/{managerId}/payables")
  ManagedPayables payables(long managerId) {
    return new ManagedPayables(queries.inTransaction(() -> billings.managedBy(managerId)));
  }
}
