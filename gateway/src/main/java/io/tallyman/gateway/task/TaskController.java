package io.tallyman.gateway.task;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

@Controller("/api/v1/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskController {
  private final TaskClient tasks;
  private final LongPolls longPolls;

  TaskController(TaskClient tasks, LongPolls longPolls) {
    this.tasks = tasks;
    this.longPolls = longPolls;
  }

  @Post
  HttpResponse<LinkedTask> submit(@Body NewTask task) {
    return LinkedTask.accepted(tasks.submit(task));
  }

  /** With {@code Prefer: wait=…} this is a long poll. */
  @Get("/{id}")
  CompletionStage<? extends HttpResponse<LinkedTask>> show(UUID id, HttpRequest<?> client) {
    Optional<WaitPreference> wait = WaitPreference.in(client.getHeaders());
    return wait.isPresent()
        ? longPolls.answer(id, wait.get(), client)
        : CompletableFuture.completedFuture(LinkedTask.shown(tasks.show(id)));
  }

  @Post("/{id}/cancel")
  HttpResponse<LinkedTask> cancel(UUID id) {
    return LinkedTask.accepted(tasks.cancel(id));
  }

  @Post("/{id}/retry")
  HttpResponse<LinkedTask> retry(UUID id) {
    return LinkedTask.accepted(tasks.retry(id));
  }
}
