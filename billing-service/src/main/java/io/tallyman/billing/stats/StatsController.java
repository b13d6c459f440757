package io.tallyman.billing.stats;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.date.FourDigitYear;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Controller("/stats")
@ExecuteOn(TaskExecutors.BLOCKING)
class StatsController {
  private final TaskStatistics statistics;

  StatsController(TaskStatistics statistics) {
    this.statistics = statistics;
  }

  @Get
  Stats show(
      @Nullable @QueryValue @FourDigitYear Instant from,
      @Nullable @QueryValue @FourDigitYear Instant to) {
    return statistics.of(from, to);
  }
}
