package io.tallyman.billing.group;

import io.micronaut.validation.validator.Validator;
import io.tallyman.billing.task.NewTask;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.problem.JsonFault;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds all faults of tasks that are submitted together. */
@Singleton
final class TaskChecks {
  private final TaskTypes types;
  private final Validator validator;

  TaskChecks(TaskTypes types, Validator validator) {
    this.types = types;
    this.validator = validator;
  }

  /**
   * @throws InvalidTasks if any task is invalid; lists all faults of all tasks
   */
  void check(List<NewTask> tasks) {
    List<FieldError> faults = new ArrayList<>();
    int invalid = 0;
    for (int index = 0; index < tasks.size(); index++) {
      String task = "/tasks/" + index;
      List<FieldError> found = faults(tasks.get(index));
      found.forEach(fault -> faults.add(new FieldError(task + fault.pointer(), fault.detail())));
      invalid += found.isEmpty() ? 0 : 1;
    }
    if (invalid > 0) {
      throw new InvalidTasks(invalid, tasks.size(), faults);
    }
  }

  private List<FieldError> faults(@Nullable NewTask task) {
    if (task == null) {
      return List.of(new FieldError("", "must be a task"));
    }
    List<FieldError> faults = new ArrayList<>();
    validator
        .validate(task)
        .forEach(
            violation ->
                faults.add(
                    new FieldError(
                        "/" + JsonFault.wireName(violation.getPropertyPath().toString()),
                        violation.getMessage())));
    boolean hasType = faults.stream().noneMatch(fault -> fault.pointer().equals("/task"));
    boolean hasParameters =
        faults.stream().noneMatch(fault -> fault.pointer().equals("/parameters"));
    if (hasType && hasParameters) {
      faults.addAll(refused(() -> types.check(task.task(), task.parameters())));
    }
    return faults;
  }

  private static List<FieldError> refused(Runnable check) {
    try {
      check.run();
      return List.of();
    } catch (Refusal refusal) {
      return refusal.errors();
    }
  }
}
