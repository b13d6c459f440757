package io.tallyman.gateway.follow;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.NewTask;
import io.tallyman.gateway.task.Submissions;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskClient;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Submits and shows tasks. With {@code Prefer: wait=…} it answers when the task has ended. */
@Controller(Api.V1 + "/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskWaitController {
  private final TaskClient tasks;
  private final Submissions submissions;
  private final LongPolls longPolls;

  TaskWaitController(TaskClient tasks, Submissions submissions, LongPolls longPolls) {
    this.tasks = tasks;
    this.submissions = submissions;
    this.longPolls = longPolls;
  }

  @Post
  @AllowedFor(Access.CLERK)
  CompletionStage<? extends HttpResponse<LinkedTask>> submit(
      @Body NewTask task, HttpRequest<?> client) {
    Task submitted = submissions.submit(task, client);
    HttpResponse<LinkedTask> accepted = LinkedTask.accepted(submitted);
    return WaitPreference.in(client.getHeaders())
        .<CompletionStage<? extends HttpResponse<LinkedTask>>>map(
            wait -> longPolls.answer(submitted, accepted, wait, client))
        .orElseGet(() -> CompletableFuture.completedFuture(accepted));
  }

  @Get("/{id}")
  @AllowedFor(Access.VIEWER)
  CompletionStage<? extends HttpResponse<LinkedTask>> show(UUID id, HttpRequest<?> client) {
    Optional<WaitPreference> wait = WaitPreference.in(client.getHeaders());
    return wait.isPresent()
        ? longPolls.answer(id, wait.get(), client)
        : CompletableFuture.completedFuture(LinkedTask.shown(tasks.show(id)));
  }
}
