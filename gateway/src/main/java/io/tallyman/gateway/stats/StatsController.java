package io.tallyman.gateway.stats;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/stats")
@ExecuteOn(TaskExecutors.BLOCKING)
class StatsController {
  private final StatsClient stats;

  StatsController(StatsClient stats) {
    this.stats = stats;
  }

  /** Passes the interval on unchanged; billing-service checks it. */
  @Get
  Stats show(@Nullable @QueryValue String from, @Nullable @QueryValue String to) {
    return stats.show(from, to);
  }
}
