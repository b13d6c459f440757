package io.tallyman.billing.group;

import io.tallyman.billing.dispatch.Dispatcher;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.task.NewTask;
import io.tallyman.billing.task.Task;
import io.tallyman.billing.task.TaskLifecycle;
import io.tallyman.billing.task.TaskLimit;
import io.tallyman.billing.task.Tasks;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks that clients submit, look at and cancel together. */
@Singleton
final class TaskGroups {
  private static final Logger LOG = LoggerFactory.getLogger(TaskGroups.class);

  private final Jdbi jdbi;
  private final Tasks tasks;
  private final TaskTransitions transitions;
  private final TaskChecks checks;
  private final TaskLimit open;
  private final Dispatcher dispatcher;

  TaskGroups(
      Jdbi jdbi,
      Tasks tasks,
      TaskTransitions transitions,
      TaskChecks checks,
      TaskLimit open,
      Dispatcher dispatcher) {
    this.jdbi = jdbi;
    this.tasks = tasks;
    this.transitions = transitions;
    this.checks = checks;
    this.open = open;
    this.dispatcher = dispatcher;
  }

  /**
   * Accepts all tasks or none, in the current transaction if there is one. Once that is committed,
   * they are kept whatever happens.
   *
   * @throws InvalidTasks if any cannot be accepted
   * @throws io.tallyman.billing.task.TasksFull if there is no room for all of them
   */
  TaskGroup submit(NewTaskGroup group) {
    checks.check(group.tasks());
    open.admit(group.tasks().size());
    return jdbi.inTransaction(transaction -> accept(transaction, group));
  }

  private TaskGroup accept(Handle transaction, NewTaskGroup group) {
    UUID id = TaskLifecycle.newId();
    for (NewTask task : group.tasks()) {
      UUID taskId = TaskLifecycle.newId();
      tasks.insert(transaction, taskId, task, null, id);
    }
    transaction.afterCommit(
        () -> {
          dispatcher.wake();
          LOG.info("Group {} of {} tasks is {}", id, group.tasks().size(), TaskStatus.PENDING);
        });
    return TaskGroup.of(id, tasks.findGroup(transaction, id));
  }

  /**
   * @throws io.tallyman.kit.problem.Refusal if it has expired, or there is none
   */
  TaskGroup find(UUID id) {
    return TaskGroup.of(id, tasks.requireGroup(id));
  }

  /**
   * Revokes at once what has not ended; workers that run some of it learn of it by their next
   * heartbeats. Each task by itself, as others may hold several tasks in another order.
   *
   * @throws io.tallyman.kit.problem.Refusal if it has expired, or there is none
   */
  TaskGroup cancel(UUID id) {
    for (Task task : find(id).tasks()) {
      if (task.dateDone() == null) {
        jdbi.useTransaction(transaction -> transitions.cancel(transaction, task.taskId()));
      }
    }
    return find(id);
  }
}
