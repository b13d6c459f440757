package io.tallyman.billing.worker;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.worker.LiveWorkers.LiveWorker;
import java.util.List;

@Controller("/workers")
@ExecuteOn(TaskExecutors.BLOCKING)
class LiveWorkersController {
  private final LiveWorkers workers;

  LiveWorkersController(LiveWorkers workers) {
    this.workers = workers;
  }

  @Serdeable
  record Listed(List<LiveWorker> data) {}

  @Get
  Listed list() {
    return new Listed(workers.list());
  }
}
