package io.tallyman.billing.task;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.dispatch.Dispatcher;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.task.Tasks.Insertion;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.billing.tasktype.UnknownTask;
import io.tallyman.kit.problem.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Repeats tasks that have failed or were cancelled, by new tasks. */
@Singleton
public final class Retries {
  private static final String EXPIRED = "expired";
  private static final String RETRIED_BEFORE = "retried-before";

  private final Tasks tasks;
  private final TaskTypes types;
  private final TaskLimit open;
  private final Dispatcher dispatcher;

  Retries(Tasks tasks, TaskTypes types, TaskLimit open, Dispatcher dispatcher) {
    this.tasks = tasks;
    this.types = types;
    this.open = open;
    this.dispatcher = dispatcher;
  }

  /**
   * The task that repeats an ended one.
   *
   * @throws NotRetryable if the task succeeded or has not ended
   * @throws UnknownTask if its type does not exist any more
   */
  NewTask check(Task ended, JsonNode parameters) {
    if (ended.status() != TaskStatus.FAILURE && ended.status() != TaskStatus.REVOKED) {
      throw new NotRetryable(ended.taskId(), ended.status());
    }
    type(ended.task());
    return again(ended, parameters);
  }

  private static NewTask again(Task ended, JsonNode parameters) {
    return new NewTask(ended.task(), parameters, ended.priority(), null);
  }

  /**
   * Prepares what the new task needs, before it is inserted.
   *
   * @throws Refusal if the task cannot be retried any more
   */
  void prepare(NewTask again, UUID ended, UUID retry) throws IOException {
    type(again.task()).prepareRetry(ended, retry);
  }

  /**
   * Repeats each of these tasks, unless it was repeated before. The new tasks have no events of
   * their own in the audit log.
   *
   * @param submittedBy the user of the new tasks; null if unknown
   * @param requestId the id of the request that asked for it; null if unknown
   * @return how many tasks were not repeated, by the reason
   * @throws TasksFull if there is no room for all; nothing was done
   */
  public Map<String, Integer> retryAll(
      Handle transaction, List<UUID> ids, @Nullable String submittedBy, @Nullable String requestId)
      throws IOException {
    Map<String, Integer> refused = new TreeMap<>();
    Set<UUID> before = lockAndFindRetried(transaction, ids);
    refuse(refused, RETRIED_BEFORE, before.size());
    List<Task> ended =
        tasks.findWithoutPositions(
            transaction, ids.stream().filter(id -> !before.contains(id)).toList());
    refuse(refused, EXPIRED, ids.size() - before.size() - ended.size());
    open.admit(
        ended.stream().map(task -> again(task, task.parameters())).toList(),
        Optional.ofNullable(submittedBy));
    List<Insertion> insertions = new ArrayList<>();
    for (Task task : ended) {
      try {
        UUID retry = TaskLifecycle.newId();
        NewTask again = check(task, task.parameters());
        prepare(again, task.taskId(), retry);
        insertions.add(insertion(retry, again, task.taskId(), submittedBy, requestId));
      } catch (Refusal refusal) {
        refuse(refused, refusal.type().slug(), 1);
      }
    }
    int missing = insertions.size() - tasks.insert(transaction, insertions, 0).size();
    refuse(refused, DuplicateTask.TYPE.slug(), missing);
    transaction.afterCommit(dispatcher::wake);
    return refused;
  }

  /**
   * Locks the tasks in the order of their ids, so that two bulk retries do not repeat the same
   * task. Returns those that were repeated before.
   */
  private static Set<UUID> lockAndFindRetried(Handle transaction, List<UUID> ids) {
    transaction
        .createQuery("SELECT id FROM task WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE")
        .bindArray("ids", UUID.class, ids)
        .mapTo(UUID.class)
        .list();
    return new HashSet<>(
        transaction
            .createQuery("SELECT retry_of FROM task WHERE retry_of = ANY(:ids)")
            .bindArray("ids", UUID.class, ids)
            .mapTo(UUID.class)
            .list());
  }

  private static Insertion insertion(
      UUID retry,
      NewTask again,
      UUID ended,
      @Nullable String submittedBy,
      @Nullable String requestId) {
    return new Insertion(
        retry,
        again.task(),
        again.parameters(),
        again.priorityOrDefault(),
        null,
        ended,
        null,
        requestId,
        submittedBy,
        null,
        null,
        null);
  }

  private TaskType<?> type(String name) {
    return types.find(name).orElseThrow(() -> new UnknownTask(name, types.submittable()));
  }

  private static void refuse(Map<String, Integer> refused, String code, int tasks) {
    if (tasks > 0) {
      refused.merge(code, tasks, Integer::sum);
    }
  }
}
