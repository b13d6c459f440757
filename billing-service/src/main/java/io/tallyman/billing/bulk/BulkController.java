package io.tallyman.billing.bulk;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.task.AcceptedTask;
import io.tallyman.billing.tasklist.TaskFilter;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.idempotency.KeptAnswers;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.List;

/** Clients cancel and retry all tasks that match a filter here. */
@Controller("/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class BulkController {
  private final BulkTasks tasks;
  private final CancelTasks cancel;
  private final RetryTasks retry;
  private final TaskTypes types;
  private final KeptAnswers answers;

  BulkController(
      BulkTasks tasks, CancelTasks cancel, RetryTasks retry, TaskTypes types, KeptAnswers answers) {
    this.tasks = tasks;
    this.cancel = cancel;
    this.retry = retry;
    this.types = types;
    this.answers = answers;
  }

  /**
   * @param cancel how many tasks {@code POST /tasks/cancel} would choose
   * @param retry how many tasks {@code POST /tasks/retry} would choose
   * @param most the most tasks that one of them takes; a larger count means more than that
   */
  @Serdeable
  record Counts(int cancel, int retry, int most) {}

  @Get("/count")
  Counts count(@RequestBean TaskFilter filter) {
    filter.check(types, "?");
    return new Counts(tasks.count(cancel, filter), tasks.count(retry, filter), BulkTasks.MOST);
  }

  /**
   * Accepts a task that cancels all unfinished tasks that match now.
   *
   * @throws TooManyMatches if they are too many
   */
  @Post("/cancel")
  HttpResponse<?> cancel(HttpRequest<?> request, @Body TaskFilter filter) {
    return accept(request, cancel, filter);
  }

  /**
   * Accepts a task that retries all failed and cancelled tasks that match now and were not retried
   * before.
   *
   * @throws TooManyMatches if they are too many
   */
  @Post("/retry")
  HttpResponse<?> retry(HttpRequest<?> request, @Body TaskFilter filter) {
    return accept(request, retry, filter);
  }

  private HttpResponse<?> accept(HttpRequest<?> request, BulkType type, TaskFilter filter) {
    filter.check(types, "/");
    if (filter.isEmpty()) {
      // Else a filter that was forgotten would mean all tasks.
      throw new InvalidFields(
          List.of(new FieldError("", "needs status, task, from, to or submitted_by")));
    }
    return answers.once(
        request, List.of(filter), () -> AcceptedTask.answer(tasks.accept(type, filter)));
  }
}
