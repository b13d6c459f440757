package io.tallyman.billing.billing;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.SummingQueries;
import io.tallyman.billing.sheet.Total;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Sums for the gateway, which shows them beside the user. */
@Controller("/managers")
@ExecuteOn(TaskExecutors.BLOCKING)
class ManagedPayablesController {
  private final SummingQueries queries;

  ManagedPayablesController(SummingQueries queries) {
    this.queries = queries;
  }

  @Get("/{managerId}/payables")
  ManagedPayables payables(long managerId) {
    List<Total> totals =
        queries.inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT billing.currency, sum(payable) AS payable
                        FROM vendor JOIN billing ON vendor_id = vendor.id
                        WHERE manager_id = :managerId
                        GROUP BY billing.currency
                        ORDER BY billing.currency
                        """)
                    .bind("managerId", managerId)
                    .map(ConstructorMapper.of(Total.class))
                    .list());
    return new ManagedPayables(totals);
  }
}
