package io.tallyman.billing.group;

import io.tallyman.billing.dispatch.Dispatcher;
import io.tallyman.billing.state.Cancellation;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.task.TaskLifecycle;
import io.tallyman.billing.task.TaskLimit;
import io.tallyman.billing.task.Tasks;
import io.tallyman.billing.task.Tasks.Inserted;
import io.tallyman.billing.task.Tasks.Insertion;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Submits, reads and cancels groups of tasks. */
@Singleton
final class TaskGroups {
  private final Jdbi jdbi;
  private final Tasks tasks;
  private final Cancellation cancellation;
  private final TaskChecks checks;
  private final TaskLimit open;
  private final Dispatcher dispatcher;

  TaskGroups(
      Jdbi jdbi,
      Tasks tasks,
      Cancellation cancellation,
      TaskChecks checks,
      TaskLimit open,
      Dispatcher dispatcher) {
    this.jdbi = jdbi;
    this.tasks = tasks;
    this.cancellation = cancellation;
    this.checks = checks;
    this.open = open;
    this.dispatcher = dispatcher;
  }

  /**
   * Accepts all tasks or none, in the current transaction if there is one. Once that transaction is
   * committed, the tasks survive any crash.
   *
   * @throws InvalidTasks if any task is invalid
   * @throws TasksFull if the limit of unfinished tasks leaves no room for all of them
   */
  TaskGroup submit(NewTaskGroup group) {
    checks.check(group.tasks());
    open.admit(group.tasks());
    return jdbi.inTransaction(transaction -> accept(transaction, group));
  }

  private TaskGroup accept(Handle transaction, NewTaskGroup group) {
    UUID id = TaskLifecycle.newId();
    List<Insertion> insertions =
        group.tasks().stream()
            .map(task -> Insertion.of(TaskLifecycle.newId(), task, null, id))
            .toList();
    List<Task> inserted =
        tasks.insert(transaction, insertions, 0).stream()
            .map(Inserted::task)
            .sorted(Comparator.comparing(task -> task.taskId().toString()))
            .toList();
    transaction.afterCommit(dispatcher::wake);
    return TaskGroup.of(id, inserted);
  }

  /**
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   */
  TaskGroup find(UUID id) {
    return TaskGroup.of(id, tasks.requireGroup(id));
  }

  /**
   * Revokes all unfinished tasks of the group at once. Workers that run some of them learn it from
   * their next heartbeat. Each task has its own transaction, because one transaction for all could
   * deadlock with others that lock the tasks in another order.
   *
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   */
  TaskGroup cancel(UUID id) {
    for (Task task : find(id).tasks()) {
      if (task.dateDone() == null) {
        cancellation.cancel(task.taskId());
      }
    }
    return find(id);
  }
}
