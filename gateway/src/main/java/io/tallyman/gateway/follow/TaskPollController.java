package io.tallyman.gateway.follow;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.TaskClient;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

@Controller(Api.V1 + "/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskPollController {
  private final TaskClient tasks;
  private final LongPolls longPolls;

  TaskPollController(TaskClient tasks, LongPolls longPolls) {
    this.tasks = tasks;
    this.longPolls = longPolls;
  }

  /** With {@code Prefer: wait=…} this is a long poll. */
  @Get("/{id}")
  CompletionStage<? extends HttpResponse<LinkedTask>> show(UUID id, HttpRequest<?> client) {
    Optional<WaitPreference> wait = WaitPreference.in(client.getHeaders());
    return wait.isPresent()
        ? longPolls.answer(id, wait.get(), client)
        : CompletableFuture.completedFuture(LinkedTask.shown(tasks.show(id)));
  }
}
