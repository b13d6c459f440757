package io.tallyman.billing.worker;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Serves an autoscaler of workers. Clients do not call this. */
@Controller("/internal/load")
@ExecuteOn(TaskExecutors.BLOCKING)
class LoadController {
  private final CurrentLoad load;

  LoadController(CurrentLoad load) {
    this.load = load;
  }

  @Get
  Load show() {
    return load.read();
  }
}
