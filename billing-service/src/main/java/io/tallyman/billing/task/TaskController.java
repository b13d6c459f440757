package io.tallyman.billing.task;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.state.Task;
import io.tallyman.kit.idempotency.KeptAnswers;
import jakarta.validation.Valid;
import java.io.IOException;
import java.util.UUID;

@Controller("/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskController {
  private final TaskLifecycle lifecycle;
  private final KeptAnswers answers;

  TaskController(TaskLifecycle lifecycle, KeptAnswers answers) {
    this.lifecycle = lifecycle;
    this.answers = answers;
  }

  @Post
  HttpResponse<?> submit(HttpRequest<?> request, @Body @Valid NewTask task) {
    return KeptAnswers.isKeyed(request)
        ? answers.once(request, task, () -> AcceptedTask.answer(lifecycle.submit(task)))
        : AcceptedTask.answer(lifecycle.submitTogether(task));
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
  HttpResponse<?> retry(HttpRequest<?> request, UUID id) throws IOException {
    return answers.once(request, id, () -> AcceptedTask.answer(lifecycle.retry(id)));
  }
}
