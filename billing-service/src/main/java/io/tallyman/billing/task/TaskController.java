package io.tallyman.billing.task;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import java.io.IOException;
import java.util.UUID;

@Controller("/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskController {
  private final TaskLifecycle lifecycle;

  TaskController(TaskLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Post
  HttpResponse<Task> submit(@Body @Valid NewTask task) {
    return AcceptedTask.answer(lifecycle.submit(task));
  }

  @Get("/{id}")
  Task show(UUID id) {
    return lifecycle.find(id);
  }

  @Post("/{id}/cancel")
  @Status(HttpStatus.ACCEPTED)
  Task cancel(UUID id) {
    return lifecycle.cancel(id);
  }

  @Post("/{id}/retry")
  HttpResponse<Task> retry(UUID id) throws IOException {
    return AcceptedTask.answer(lifecycle.retry(id));
  }
}
