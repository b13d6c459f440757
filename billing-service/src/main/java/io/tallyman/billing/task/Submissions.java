package io.tallyman.billing.task;

import io.tallyman.billing.dispatch.Dispatch;
import io.tallyman.billing.dispatch.Dispatcher;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.task.Tasks.Inserted;
import io.tallyman.billing.task.Tasks.Insertion;
import io.tallyman.kit.batch.GroupCommit;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Accepts tasks of many requests with one statement. If there is room in the dispatch queue, the
 * same statement marks the tasks as dispatched, and they are published after the commit.
 */
@Singleton
final class Submissions {
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_WAITING = 2_000;

  private final Jdbi jdbi;
  private final Tasks tasks;
  private final Dispatcher dispatcher;
  private final GroupCommit<Insertion, Task> group =
      new GroupCommit<>(this::commit, Insertion::id, MOST_AT_ONCE, MOST_WAITING);

  Submissions(Jdbi jdbi, Tasks tasks, Dispatcher dispatcher) {
    this.jdbi = jdbi;
    this.tasks = tasks;
    this.dispatcher = dispatcher;
  }

  /**
   * Once this returns, the task survives any crash.
   *
   * @throws DuplicateTask if the same thing may be done only once and another task does or did it
   */
  Task accept(Insertion task) {
    return group.commit(task);
  }

  /**
   * Accepts the tasks of many requests.
   *
   * @return one result for each task, in their order; what it throws is why the task is not known
   *     to be accepted
   */
  List<Supplier<Task>> accept(List<Insertion> tasks) {
    return group.commit(tasks);
  }

  private List<Supplier<Task>> commit(List<Insertion> insertions) {
    int granted = dispatcher.reserve(insertions.size());
    List<Inserted> inserted = List.of();
    try {
      // One statement needs no transaction around it, which would cost a round trip for the commit.
      inserted = jdbi.withHandle(handle -> tasks.insert(handle, insertions, granted));
    } finally {
      publish(granted, inserted);
    }
    Map<UUID, Task> accepted =
        inserted.stream()
            .map(Inserted::task)
            .collect(Collectors.toMap(Task::taskId, Function.identity()));
    return insertions.stream().map(task -> result(task, accepted)).toList();
  }

  private void publish(int granted, List<Inserted> inserted) {
    List<Dispatch> marked =
        inserted.stream()
            .filter(each -> each.dispatchNo() > 0)
            .map(each -> new Dispatch(each.task().taskId(), each.task().task(), each.dispatchNo()))
            .toList();
    boolean isComplete = inserted.stream().allMatch(each -> each.dispatchNo() > 0 || !each.due());
    dispatcher.publish(granted, marked, isComplete);
  }

  private static Supplier<Task> result(Insertion task, Map<UUID, Task> accepted) {
    Task found = accepted.get(task.id());
    if (found == null) {
      return () -> {
        throw new DuplicateTask(task.task());
      };
    }
    return () -> found;
  }
}
