package io.tallyman.billing.worker;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;

@Controller("/internal/workers/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
class WorkerController {
  private final WorkerRegistry workers;

  WorkerController(WorkerRegistry workers) {
    this.workers = workers;
  }

  @Put
  @Status(HttpStatus.NO_CONTENT)
  void report(String id, @Body @Valid WorkerRegistry.Report report) {
    workers.report(id, report);
  }

  @Delete
  @Status(HttpStatus.NO_CONTENT)
  void leave(String id) {
    workers.leave(id);
  }
}
