package io.tallyman.gateway.stats;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/api/v1/workers")
@ExecuteOn(TaskExecutors.BLOCKING)
class WorkerController {
  private final WorkerClient workers;

  WorkerController(WorkerClient workers) {
    this.workers = workers;
  }

  @Get
  LiveWorkers list() {
    return workers.list();
  }
}
