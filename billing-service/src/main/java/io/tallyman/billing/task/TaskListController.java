package io.tallyman.billing.task;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.date.FourDigitYear;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Controller("/tasks")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskListController {
  private final TaskList tasks;
  private final TaskTypes types;

  TaskListController(TaskList tasks, TaskTypes types) {
    this.tasks = tasks;
    this.types = types;
  }

  /**
   * @param status exactly as in a task, in upper case; a hyphen before it excludes the status
   * @param task the name of a type; a hyphen before it excludes the type
   * @param from inclusive lower bound of the creation time
   * @param to exclusive upper bound of the creation time
   * @param submittedBy the id of a user
   */
  @Get
  Page<Task> list(
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String task,
      @Nullable @QueryValue @FourDigitYear Instant from,
      @Nullable @QueryValue @FourDigitYear Instant to,
      @Nullable @QueryValue("submitted_by") Long submittedBy,
      PageRequest page) {
    if (task != null && types.find(TaskList.value(task)).isEmpty()) {
      throw new InvalidFields(List.of(new FieldError("?task", "is not the name of a task type")));
    }
    if (status != null) {
      requireStatus(TaskList.value(status));
    }
    return tasks.page(new TaskList.Filter(status, task, from, to, submittedBy), page);
  }

  /**
   * Not left to the framework, which accepts lower case too and whose error does not list the
   * statuses.
   */
  private static void requireStatus(String status) {
    if (Arrays.stream(TaskStatus.values()).noneMatch(one -> one.name().equals(status))) {
      throw new InvalidFields(
          List.of(
              new FieldError("?status", "must be one of " + Arrays.toString(TaskStatus.values()))));
    }
  }
}
